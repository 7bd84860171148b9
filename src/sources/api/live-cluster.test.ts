// The source against a real API server: what it reads, with which rights, and what it says when it may not.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../../../test/servers/availability.ts";
import { createCertificateAuthority } from "../../../test/servers/certificates.ts";
import { startControlPlane, type ControlPlane } from "../../../test/servers/control-plane.ts";
import { dumpEntries } from "../dump/cluster-entries.ts";
import { readDump } from "../dump/read-dump.ts";
import { dumpText, gzippedDump } from "../dump/write-dump.ts";
import { readCluster, type ClusterEvent, type ClusterSourceOptions } from "./cluster-source.ts";
import { OBJECTS, pathOf } from "./live-objects.fixture.ts";
import { listPages } from "./list.ts";
import { permissionsFor, type RoleObject } from "./permissions.ts";
import { resolveConnection, type ConnectionFlags } from "./resolve-connection.ts";
import type { ServedObject } from "./server-provenance.ts";
import { readServerVersion } from "./server-version.ts";
import { createTransport } from "./transport.ts";

let plane: ControlPlane;
const isAvailable = serversUnavailable() === undefined;

beforeAll(async () => {
  if (!isAvailable) return;
  const users = ["scanner", "viewer", "team"].map((name) => ({ name, groups: ["system:authenticated"] }));
  plane = await startControlPlane({ users, auditLevel: "Metadata" });
  await plane.createNamespace("shop");
  await plane.createNamespace("payments");
  for (const object of OBJECTS) await create(object);
  for (const role of permissionsFor()) await grant(role, "scanner");
  for (const role of permissionsFor({ namespaces: ["shop"] })) await grant(role, "team");
  // What the role `view` is made of; the role itself is filled by a controller that does not run here.
  const view = { kind: "ClusterRole", metadata: { name: "system:aggregate-to-view" } };
  await bind("RoleBinding", view, "viewer", "shop");
});
afterAll(() => plane?.stop());

async function create(object: { readonly metadata: { readonly namespace?: string } }): Promise<void> {
  const answer = await plane.request("POST", pathOf(object), object);
  if (answer.status !== 201) throw new Error(`${pathOf(object)}: ${answer.status} ${answer.text}`);
}

async function grant(role: RoleObject, user: string): Promise<void> {
  const renamed = { ...role, metadata: { ...role.metadata, name: `${user}-${role.metadata.name}` } };
  await create(renamed);
  await bind(role.kind === "Role" ? "RoleBinding" : "ClusterRoleBinding", renamed, user, role.metadata.namespace);
}

async function bind(
  kind: string,
  role: { kind: string; metadata: { name: string } },
  user: string,
  namespace?: string,
) {
  const apiGroup = "rbac.authorization.k8s.io";
  await create({
    apiVersion: `${apiGroup}/v1`,
    kind,
    metadata: { name: `${user}-${role.metadata.name}`, ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup, kind: role.kind, name: role.metadata.name },
    subjects: [{ apiGroup, kind: "User", name: user }],
  } as Parameters<typeof create>[0]);
}

interface Reading {
  /** `kind namespace/name`, sorted. */
  readonly objects: readonly string[];
  readonly gaps: readonly string[];
  readonly events: readonly ClusterEvent[];
}

async function transportFor(kubeconfig: string, flags: ConnectionFlags = {}) {
  const terminal = { isInteractive: false };
  const connection = await resolveConnection({
    explicit: kubeconfig,
    environment: { PATH: process.env["PATH"] },
    homeDirectory: "/",
    now: Date.now,
    terminal,
    flags,
  });
  return createTransport({ connection, userAgent: "ringwall/test", now: Date.now });
}

async function read(
  kubeconfig: string,
  options: Partial<ClusterSourceOptions> = {},
  flags: ConnectionFlags = {},
): Promise<Reading> {
  const transport = await transportFor(kubeconfig, flags);
  try {
    await readServerVersion(transport);
    const events: ClusterEvent[] = [];
    for await (const event of readCluster({ transport, ...options })) events.push(event);
    const objects = events.flatMap((event) => (event.kind === "objects" ? event.objects : []));
    return {
      events,
      objects: objects
        .map(({ object: { kind, metadata } }) => `${kind} ${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`)
        .sort(),
      gaps: events.flatMap((event) => (event.kind === "gap" ? [event.gap.what] : [])).sort(),
    };
  } finally {
    await transport.close();
  }
}

const tokenKubeconfig = (name: string): string => plane.kubeconfigFor(name, { token: plane.tokens[name] ?? "none" });

testWithServers("an administrator reads every object but no Secret, and no request names Secrets", async () => {
  const { objects, gaps } = await read(plane.adminKubeconfigPath);
  expect(gaps).toEqual([]);
  for (const { kind, metadata } of OBJECTS) {
    const name = `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
    if (kind === "Secret") expect(objects).not.toContain(name);
    else expect(objects).toContain(name);
  }
  expect(new Set(objects).size).toBe(objects.length);
  const log = readFileSync(plane.auditLogPath ?? "", "utf8");
  const ours = log.split("\n").filter((line) => line.includes('"userAgent":"ringwall/test"'));
  expect(ours.length).toBeGreaterThan(30);
  expect(ours.filter((line) => line.includes('"resource":"secrets"'))).toEqual([]);
  expect(ours.filter((line) => !/"verb":"(get|list)"/.test(line))).toEqual([]);
});

testWithServers("exactly the printed role misses nothing", async () => {
  const asAdmin = await read(plane.adminKubeconfigPath);
  const asScanner = await read(tokenKubeconfig("scanner"));
  expect(asScanner.gaps).toEqual([]);
  expect(asScanner.objects).toEqual(asAdmin.objects);
  const impersonated = await read(plane.adminKubeconfigPath, {}, { as: "scanner" });
  expect(impersonated.objects).toEqual(asAdmin.objects);
});

testWithServers("the printed roles for one namespace miss nothing of it", async () => {
  const asAdmin = await read(plane.adminKubeconfigPath, { namespaces: ["shop"] });
  const asTeam = await read(tokenKubeconfig("team"), { namespaces: ["shop"] });
  expect(asTeam.gaps).toEqual([]);
  expect(asTeam.objects).toEqual(asAdmin.objects);
  expect(asTeam.objects).toContain("Namespace /shop");
  expect(asTeam.objects.filter((name) => name.includes("payments/"))).toEqual([]);
});

testWithServers("a viewer of one namespace is told what was not read, in the server's words", async () => {
  const { objects, gaps, events } = await read(tokenKubeconfig("viewer"), { namespaces: ["shop"] });
  expect(objects).toContain("Deployment shop/web");
  expect(objects.filter((name) => name.includes("payments/"))).toEqual([]);
  expect(gaps).toContain("rolebindings.rbac.authorization.k8s.io in namespace shop");
  expect(gaps).toContain("clusterroles.rbac.authorization.k8s.io");
  expect(gaps).not.toContain("deployments.apps in namespace shop");
  const nodes = events.find((event) => event.kind === "gap" && event.gap.what === "nodes");
  expect(nodes).toMatchObject({
    failure: {
      code: "forbidden",
      answer: {
        message: 'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope',
      },
    },
  });
});

testWithServers("pages of one object give the same objects as pages of many", async () => {
  const many = await read(plane.adminKubeconfigPath);
  const one = await read(plane.adminKubeconfigPath, { limit: 1, concurrency: 8 });
  expect(one.objects).toEqual(many.objects);
});

testWithServers("metadata is all that is asked for where that is enough", async () => {
  const { events } = await read(plane.adminKubeconfigPath);
  const drivers = events.flatMap((event) =>
    event.kind === "objects" && event.scanKind.isMetadataOnly ? event.objects : [],
  );
  expect(drivers.map(({ object }) => object)).toEqual([
    { apiVersion: "storage.k8s.io/v1", kind: "CSIDriver", metadata: expect.objectContaining({ name: "csi.example" }) },
  ]);
  expect(drivers[0]?.provenance.managedFields).toContain('"manager"');
});

testWithServers("a dump of the cluster holds what the cluster yields, and nothing of its Secrets", async () => {
  const transport = await transportFor(plane.adminKubeconfigPath);
  try {
    const header = {
      server: transport.server,
      kubernetesVersion: "v1.36.3",
      takenAt: "",
      tool: "test",
      namespaces: [],
    };
    const live: ServedObject[] = [];
    const entries = dumpEntries(readCluster({ transport }), (event) => {
      if (event.kind === "objects") live.push(...event.objects);
    });
    const back: ServedObject[] = [];
    for await (const event of readDump(gzippedDump(dumpText(header, entries)), "shop.dump.gz")) {
      if (event.kind === "object")
        back.push({ object: event.value as ServedObject["object"], provenance: event.provenance }); // as written
    }
    expect(back).toEqual(live);
    expect(JSON.stringify(back)).not.toContain(Buffer.from("s3cr3t").toString("base64"));
  } finally {
    await transport.close();
  }
});

testWithServers("a token of an exec plugin opens the server", async () => {
  const answer = {
    apiVersion: "client.authentication.k8s.io/v1",
    kind: "ExecCredential",
    status: { token: plane.tokens["scanner"] },
  };
  const exec = {
    apiVersion: answer.apiVersion,
    command: "echo",
    args: [JSON.stringify(answer)],
    interactiveMode: "Never",
  };
  const path = plane.workspace.path("exec.kubeconfig");
  const clusters = [{ name: "c", cluster: { server: plane.url, "certificate-authority": plane.caPath } }];
  const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
  writeFileSync(
    path,
    JSON.stringify({ "current-context": "c", clusters, contexts, users: [{ name: "u", user: { exec } }] }),
  );
  expect((await read(path)).gaps).toEqual([]);
});

testWithServers("a wrong token, a wrong authority and a dead server are one clear line each", async () => {
  const wrongToken = plane.kubeconfigFor("wrong-token", { token: "wrong" });
  await expect(read(wrongToken)).rejects.toThrow(
    `${plane.url}: the server does not accept these credentials (Unauthorized)`,
  );
  const other = plane.workspace.path("other-authority.crt");
  writeFileSync(other, await otherAuthority());
  await expect(read(plane.adminKubeconfigPath, {}, { certificateAuthority: other })).rejects.toThrow(
    `${plane.url}: certificate signed by an unknown authority (issuer "ringwall-test-ca"); give --certificate-authority, or check that this is your cluster`,
  );
  await expect(read(plane.adminKubeconfigPath, {}, { server: "https://127.0.0.1:1" })).rejects.toThrow(
    "connection refused",
  );
  const plain = plane.url.replace("https:", "http:");
  await expect(read(plane.adminKubeconfigPath, {}, { server: plain })).rejects.toThrow(
    "Client sent an HTTP request to an HTTPS server",
  );
});

testWithServers("a list that etcd compacts while it is read goes on where the server says", async () => {
  // From 1.34 on pages come from snapshots in the server's memory, which compaction does not reach; so without them.
  const old = await startControlPlane({ featureGates: { ListFromCacheSnapshot: false } });
  const transport = await transportFor(old.adminKubeconfigPath);
  try {
    const names: string[] = [];
    let isConsistent: boolean | undefined;
    const path = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    for await (const page of listPages(transport, { path, limit: 5 })) {
      if (names.length === 0) await compact(old);
      names.push(...[...page.items].map((item) => item.metadata?.name ?? ""));
      isConsistent = page.end?.isConsistent;
    }
    expect(isConsistent).toBe(false);
    expect(names.length).toBe(new Set(names).size);
    const all = (await old.request("GET", path)).body as { items: { metadata: { name: string } }[] }; // a ClusterRoleList
    expect([...names].sort()).toEqual(all.items.map((item) => item.metadata.name).sort());
  } finally {
    await transport.close();
    await old.stop();
  }
});

/** Makes etcd forget every revision but the newest. */
async function compact(controlPlane: ControlPlane): Promise<void> {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "moves-the-revision" } };
  await controlPlane.request("POST", "/api/v1/namespaces", namespace);
  const ask = async (path: string, body: object): Promise<EtcdAnswer> => {
    const answer = await fetch(`${controlPlane.etcdUrl}/v3/kv/${path}`, { method: "POST", body: JSON.stringify(body) });
    return (await answer.json()) as EtcdAnswer; // etcd's JSON gateway
  };
  const { header } = await ask("range", { key: "AA==" });
  await ask("compaction", { revision: header?.revision, physical: true });
}

interface EtcdAnswer {
  readonly header?: { readonly revision?: string };
}

async function otherAuthority(): Promise<string> {
  const directory = plane.workspace.path("other");
  mkdirSync(directory);
  return readFileSync((await createCertificateAuthority(directory)).caPath, "utf8");
}
