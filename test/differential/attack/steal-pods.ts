// Drawing pods onto an owned node, with a real scheduler and real controllers: which pods leave the other node by a taint or
// with it, and that the attack graph says the same.

import { expect } from "vitest";
import { createAttackGraph } from "../../../src/attack/attack-graph.ts";
import { createSearcher } from "../../../src/attack/closure.ts";
import { techniqueWorld } from "../../../src/attack/technique-world.ts";
import { TECHNIQUES } from "../../../src/attack/techniques.ts";
import { readObject } from "../../../src/cluster/read-resource.ts";
import type { Resource } from "../../../src/cluster/resource.ts";
import { startCluster } from "../../servers/cluster.ts";
import type { ControlPlane } from "../../servers/control-plane.ts";
import { waitFor } from "../../servers/wait-for.ts";

const MINUTES = 60_000;
const OWNED = "node-1";
const OTHER = "node-0";
const RBAC = "rbac.authorization.k8s.io";
const MERGE = { contentType: "application/merge-patch+json" } as const;

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
    readonly spec: { readonly nodeName?: string };
    readonly status: { readonly phase: string };
  }[];
}

/**
 * Pods come to the owned node as the attack graph says: by a taint, and where `isNodeDeleted` with their node, which the
 * controllers take a minute to notice.
 */
export async function stealPods(isNodeDeleted: boolean): Promise<void> {
  const cluster = await startCluster({ nodes: 2 });
  try {
    await cluster.createNamespace("shop");
    await deploy(cluster, "plain", {});
    await deploy(cluster, "tolerant", { tolerations: [{ operator: "Exists" }] });
    await allow(cluster, "tainter", ["patch"]);
    await allow(cluster, "deleter", ["delete"]);
    await waitFor("pods of both on both nodes", async () => {
      const placed = await places(cluster);
      return placed.size === 4 ? true : undefined;
    });
    const said = { tainter: await predicted(cluster, "tainter"), deleter: await predicted(cluster, "deleter") };
    expect(said).toEqual({ tainter: ["plain"], deleter: ["plain", "tolerant"] });

    const taints = [{ key: "taken", effect: "NoExecute" }];
    await as(cluster, "tainter", "PATCH", { spec: { taints } });
    await waitFor("the plain pods to leave", async () => {
      const placed = await places(cluster);
      return !placed.has(`plain ${OTHER}`) && placed.has(`plain ${OWNED}`) ? true : undefined;
    });
    expect(await places(cluster)).toContain(`tolerant ${OTHER}`);
    if (!isNodeDeleted) return;

    await as(cluster, "deleter", "DELETE");
    await waitFor(
      "the others to leave with their node",
      async () => ((await places(cluster)).has(`tolerant ${OTHER}`) ? undefined : true),
      5 * MINUTES,
    );
    expect([...(await places(cluster))].toSorted()).toEqual([`plain ${OWNED}`, `tolerant ${OWNED}`]);
  } finally {
    await cluster.stop();
  }
}

async function deploy(cluster: ControlPlane, name: string, more: object): Promise<void> {
  const labels = { app: name };
  const spread = { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" };
  const topologySpreadConstraints = [
    { ...spread, labelSelector: { matchLabels: labels }, nodeTaintsPolicy: "Honor", nodeAffinityPolicy: "Honor" },
  ];
  const spec = { containers: [{ name: "main", image: "registry.example/web:1" }], topologySpreadConstraints, ...more };
  const { status, text } = await cluster.request("POST", "/apis/apps/v1/namespaces/shop/deployments", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: { replicas: 4, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  if (status !== 201) throw new Error(text);
}

async function allow(cluster: ControlPlane, name: string, verbs: readonly string[]): Promise<void> {
  const base = `/apis/${RBAC}/v1`;
  const metadata = { name };
  const apiVersion = `${RBAC}/v1`;
  const rules = [{ apiGroups: [""], resources: ["nodes"], verbs }];
  const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name };
  const subjects = [{ kind: "User", apiGroup: RBAC, name }];
  await cluster.request("POST", `${base}/clusterroles`, { apiVersion, kind: "ClusterRole", metadata, rules });
  const binding = { apiVersion, kind: "ClusterRoleBinding", metadata, roleRef, subjects };
  await cluster.request("POST", `${base}/clusterrolebindings`, binding);
}

/** Does it to the other node with the user's own certificate, once the authorizer knows the user. */
async function as(cluster: ControlPlane, user: string, method: string, body?: object): Promise<void> {
  const certificate = await cluster.clientCertificateFor(user, []);
  await waitFor(`${user} to be allowed`, async () => {
    const { status, text } = await cluster.request(method, `/api/v1/nodes/${OTHER}`, body, { certificate, ...MERGE });
    if (status === 403) return undefined;
    if (status !== 200) throw new Error(text);
    return true;
  });
}

/** Whose running pods are where. */
async function places(cluster: ControlPlane): Promise<ReadonlySet<string>> {
  const { body } = await cluster.request("GET", "/api/v1/namespaces/shop/pods");
  const { items } = body as PodList;
  return new Set(
    items
      .filter(({ status }) => status.phase === "Running")
      .map(({ metadata, spec }) => `${metadata.labels["app"] ?? ""} ${spec.nodeName ?? ""}`),
  );
}

/** Whose pods come to who is root on the owned node and is the user. */
async function predicted(cluster: ControlPlane, user: string): Promise<readonly string[]> {
  const resources: Resource[] = [];
  for (const path of [
    "/api/v1/nodes",
    "/api/v1/namespaces/shop/pods",
    "/apis/apps/v1/namespaces/shop/replicasets",
    "/apis/apps/v1/namespaces/shop/deployments",
    `/apis/${RBAC}/v1/clusterroles/${user}`,
    `/apis/${RBAC}/v1/clusterrolebindings/${user}`,
  ])
    resources.push(...(await read(cluster, path)));
  const world = techniqueWorld(resources, { minor: Number(cluster.version.split(".")[1]), isComplete: true });
  const graph = createAttackGraph(world, TECHNIQUES);
  const start = [graph.indexOf({ kind: "node", node: OWNED }), graph.indexOf({ kind: "user", name: user })];
  const { held } = createSearcher(graph).from(start);
  const taken = new Set(
    [...held].map((index) => graph.holdings[index]).flatMap((one) => (one?.kind === "pod" ? [one.pod] : [])),
  );
  const elsewhere = world.pods.filter(({ node, key }) => node !== OWNED && taken.has(key));
  return [...new Set(elsewhere.map(({ workload }) => workload.resource.id.name))].toSorted();
}

async function read(cluster: ControlPlane, path: string): Promise<readonly Resource[]> {
  const { body } = await cluster.request("GET", path);
  const { items, kind, apiVersion } = body as { readonly items?: readonly object[]; kind: string; apiVersion: string };
  const objects = items?.map((item) => ({ ...item, kind: kind.replace(/List$/, ""), apiVersion })) ?? [body];
  return objects.flatMap((value): readonly Resource[] => {
    const found = readObject(value, "default");
    const provenance = { kind: "file", file: path } as const;
    return found.kind === "object" ? [{ id: found.id, object: found.object, provenance, locate: () => undefined }] : [];
  });
}
