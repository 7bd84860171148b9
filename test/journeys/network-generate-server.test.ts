// Everything that is generated, offered to a real API server with strict validation: accepted, without warnings, and
// kept as it was sent.

import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { load, loadAll } from "js-yaml";
import { expect } from "vitest";
import type { PolicyKind } from "../../src/layers/network/generate/generated-policy.ts";
import { generate } from "../network/judge-generated.ts";
import { filesOfTar } from "../network/tar.ts";
import { oraclePath } from "../oracles/oracle.ts";
import { randomApplication } from "../network/random-application.ts";
import { testWithServers } from "../servers/availability.ts";
import { downloadModule, findGo } from "../servers/go-toolchain.ts";
import { sharedControlPlane } from "../servers/shared-control-plane.ts";
import { waitFor } from "../servers/wait-for.ts";
import { loadCluster } from "./load-cluster.ts";
import { MANIFESTS } from "./manifests-of-applications.ts";
import { REPOSITORY, ringwall, withFolder } from "./program.ts";

const plane = sharedControlPlane();
const API_MODULE = "sigs.k8s.io/network-policy-api@v0.2.0";
const CRD = "config/crd/standard/policy.networking.k8s.io_clusternetworkpolicies.yaml";

interface PolicyObject {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: unknown;
}

const created = new Set<string>();

/** Sends an object without keeping it, beside one of its name; the answer must be what was sent. */
async function offer(object: PolicyObject, kind: PolicyKind): Promise<void> {
  const { namespace = "" } = object.metadata;
  if (namespace !== "" && !created.has(namespace)) {
    created.add(namespace);
    await plane().request("POST", "/api/v1/namespaces", { metadata: { name: namespace } });
  }
  const path =
    kind === "NetworkPolicy"
      ? `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`
      : "/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies";
  const other = { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}.offered` } };
  const answer = await plane().request("POST", `${path}?fieldValidation=Strict&dryRun=All`, other);
  expect([answer.status, answer.text.slice(0, 500)]).toEqual([201, expect.anything()]);
  expect(answer.warnings).toEqual([]);
  expect((answer.body as PolicyObject).spec).toEqual(object.spec); // a policy, by its status
}

async function offerRandom(kind: PolicyKind, worlds: number): Promise<number> {
  let offered = 0;
  const isAccepted = fc.asyncProperty(randomApplication, async (application) => {
    for (const { resource } of generate(application, kind).policies) {
      offered++;
      await offer(resource.object as unknown as PolicyObject, kind); // generated here
    }
  });
  await fc.assert(isAccepted, { numRuns: worlds, seed: 8 });
  return offered;
}

testWithServers(
  "for a cluster the API server's own address is known, and what was generated and applied is what there is",
  async () => {
    const folder = join(REPOSITORY, "examples/shop/protected");
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const objects = texts.flatMap((text) => loadAll(text) as Parameters<typeof loadCluster>[1]); // manifests
    await loadCluster(
      plane(),
      objects.filter(({ kind }) => !LEFT_OUT.has(kind)),
    );
    // What an API server writes that listens on more than loopback.
    const slice = {
      metadata: { name: "api", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
      addressType: "IPv4",
      endpoints: [{ addresses: ["192.0.2.10"] }],
      ports: [{ name: "https", port: 6443, protocol: "TCP" }],
    };
    const slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    expect((await plane().request("POST", slices, slice)).status).toBe(201);
    const ask = (...words: readonly string[]) =>
      ringwall(["network", "generate", "-A", "--kubeconfig", plane().adminKubeconfigPath, ...words]);
    const { stdout } = await ask("--address", "nodes=192.0.2.0/24", "-o", "json");
    const generated = JSON.parse(stdout) as GeneratedJson; // its schema is tested elsewhere
    expect(generated.unmet.map(({ code }) => code)).toEqual(["domain", "domain"]);
    expect(generated.proof).toMatchObject({ missing: [], extra: [], unnecessary: [] });
    expect(generated.proof.closed).toBeGreaterThan(100);
    for (const { object } of generated.policies) {
      const path = `/apis/networking.k8s.io/v1/namespaces/${object.metadata.namespace}/networkpolicies`;
      expect((await plane().request("POST", path, object)).status).toBe(201);
    }
    const again = JSON.parse((await ask("--address", "nodes=192.0.2.0/24", "-o", "json")).stdout) as GeneratedJson;
    expect(again.policies.map(({ object }) => object)).toEqual(generated.policies.map(({ object }) => object));
    expect(again.proof).toMatchObject({ closed: 0, opened: [] });
  },
  { timeout: 300_000 },
);

testWithServers(
  "the policies of random clusters are accepted with strict validation and kept as they are",
  async () => {
    expect(await offerRandom("NetworkPolicy", 150)).toBeGreaterThan(500);
  },
  { timeout: 300_000 },
);

testWithServers(
  "so are those of the example shop, as the program prints them",
  async () => {
    for (const folder of ["examples/shop/protected", "examples/shop/insecure"]) {
      const { stdout } = await ringwall([
        "network",
        "generate",
        folder,
        "-o",
        "json",
        "--address",
        "nodes=10.0.0.0/24",
      ]);
      const { policies } = JSON.parse(stdout) as { readonly policies: readonly { readonly object: PolicyObject }[] };
      expect(policies.length).toBeGreaterThan(10);
      for (const { object } of policies) await offer(object, "NetworkPolicy");
    }
  },
  { timeout: 120_000 },
);

testWithServers(
  "so are those of real applications, each proved",
  async () => {
    const files = [...filesOfTar(gunzipSync(readFileSync(oraclePath(MANIFESTS))))];
    const applications = Map.groupBy(files, ([name]) => name.split("/").slice(0, 2).join("/"));
    let offered = 0;
    for (const [application, own] of applications) {
      const written = own.filter(([name]) => /\.ya?ml$/.test(name));
      await withFolder(Object.fromEntries(written), async (folder) => {
        const { stdout } = await ringwall(["network", "generate", application, "-o", "json"], { directory: folder });
        const { policies, proof } = JSON.parse(stdout) as GeneratedJson; // its schema is tested elsewhere
        expect([application, proof]).toMatchObject([application, { missing: [], extra: [], unnecessary: [] }]);
        for (const { object } of policies) await offer(object, "NetworkPolicy");
        offered += policies.length;
      });
    }
    expect(applications.size).toBeGreaterThanOrEqual(10);
    expect(offered).toBeGreaterThan(150);
  },
  { timeout: 300_000, oracle: MANIFESTS },
);

/** Today's policies, and what no server serves without its definition. */
const LEFT_OUT = new Set(["NetworkPolicy", "ExternalSecret", "SecretStore"]);

interface GeneratedJson {
  readonly policies: readonly { readonly object: PolicyObject }[];
  readonly unmet: readonly { readonly code: string }[];
  readonly proof: { readonly closed: number };
}

const go = findGo();

testWithServers(
  go === undefined
    ? "ClusterNetworkPolicies are accepted (not asked: no Go to download their definition with)"
    : "the ClusterNetworkPolicies of random clusters are accepted by the standard definition",
  async () => {
    if (go === undefined) return;
    const { directory } = await downloadModule(go, tmpdir(), API_MODULE);
    const definition = load(readFileSync(join(directory, CRD), "utf8"));
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    expect((await plane().request("POST", path, definition)).status).toBe(201);
    await waitFor("the definition to be served", async () => {
      const found = await plane().request("GET", "/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies");
      return found.status === 200 ? true : undefined;
    });
    expect(await offerRandom("ClusterNetworkPolicy", 100)).toBeGreaterThan(300);
  },
  { timeout: 300_000 },
);
