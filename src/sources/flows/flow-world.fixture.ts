// A small cluster for the tests of flow logs, and logs from text.

import { createNetwork, type Network } from "../../layers/network/network.ts";
import type { NeedEnd, NeedPort } from "../../layers/network/generate/need.ts";
import { formatRanges } from "../../layers/network/address-set.ts";
import { readObject } from "../../cluster/read-resource.ts";
import type { FlowLog, FlowOptions, ObservedFlows } from "./read-flows.ts";
import { readFlows } from "./read-flows.ts";

type Fields = Readonly<Record<string, unknown>>;

function owned(namespace: string, name: string, ip: string, owner: Fields, labels: Fields, port: number): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name, labels, ownerReferences: [{ controller: true, ...owner }] },
    spec: { nodeName: "n1", containers: [{ name: "main", image: "i", ports: [{ containerPort: port }] }] },
    status: {
      phase: "Running",
      ...(name === "db-0" && { startTime: "2026-01-01T00:00:00Z" }),
      podIP: ip,
      podIPs: [{ ip }],
      hostIP: "10.0.0.1",
    },
  };
}

function carrier(kind: string, name: string, fields: Fields = {}): object {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: "main", image: "i" }] } };
  const apiVersion = kind === "CronJob" || kind === "Job" ? "batch/v1" : "apps/v1";
  const spec = kind === "CronJob" ? { jobTemplate: { spec: { template } } } : { template };
  return { apiVersion, kind, metadata: { namespace: "shop", name, ...fields }, spec };
}

const KUBERNETES = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: "default", name: "kubernetes" },
    spec: { clusterIP: "10.96.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
  },
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { namespace: "default", name: "kubernetes", labels: { "kubernetes.io/service-name": "kubernetes" } },
    endpoints: [{ addresses: ["10.0.0.9"] }],
    ports: [{ name: "https", port: 6443, protocol: "TCP" }],
  },
];

const OBJECTS: readonly object[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "n1" },
    status: { addresses: [{ type: "InternalIP", address: "10.0.0.1" }] },
  },
  carrier("Deployment", "web"),
  carrier("Deployment", "api"),
  carrier("StatefulSet", "db"),
  carrier("DaemonSet", "agent"),
  carrier("CronJob", "report"),
  carrier("ReplicaSet", "web-6d5f8c9b7d", { ownerReferences: [{ controller: true, kind: "Deployment", name: "web" }] }),
  owned(
    "shop",
    "web-6d5f8c9b7d-abcde",
    "10.1.0.1",
    { kind: "ReplicaSet", name: "web-6d5f8c9b7d" },
    { app: "web", "pod-template-hash": "6d5f8c9b7d" },
    8080,
  ),
  owned("shop", "api-5b6c7d8e9f-xyzab", "10.1.0.2", { kind: "Deployment", name: "api" }, { app: "api" }, 50051),
  owned(
    "shop",
    "db-0",
    "10.1.0.3",
    { kind: "StatefulSet", name: "db" },
    { app: "db", "apps.kubernetes.io/pod-index": "0" },
    5432,
  ),
  owned(
    "shop",
    "db-1",
    "10.1.0.4",
    { kind: "StatefulSet", name: "db" },
    { app: "db", "apps.kubernetes.io/pod-index": "1" },
    5432,
  ),
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: "shop", name: "api" },
    spec: { clusterIP: "10.96.0.20", selector: { app: "api" }, ports: [{ port: 80, targetPort: 50051 }] },
  },
  ...KUBERNETES,
];

export function flowWorld(): Network {
  return createNetwork(
    OBJECTS.map((object) => {
      const read = readObject(object, "default");
      if (read.kind !== "object") throw new Error("not an object");
      return {
        id: read.id,
        object: read.object,
        provenance: { kind: "file" as const, file: "world.yaml" },
        locate: () => undefined,
      };
    }),
  );
}

/** Reads one log of the text or bytes, `test.log`. */
export function observed(
  log: string | Buffer,
  options: FlowOptions = {},
  network = flowWorld(),
): Promise<ObservedFlows> {
  return readFlows(network, [logOf("test.log", log)], options);
}

export function logOf(name: string, log: string | Buffer): FlowLog {
  async function* chunks(): AsyncGenerator<Buffer> {
    yield typeof log === "string" ? Buffer.from(log, "utf8") : log;
  }
  return { name, chunks: chunks() };
}

/** `shop/web[Deployment] > shop/api[Deployment] TCP 8080`, sorted. */
export function needTexts({ needs }: Pick<ObservedFlows, "needs">): readonly string[] {
  return needs.map(({ from, to, port }) => `${endText(from)} > ${endText(to)} ${portText(port)}`).toSorted();
}

function endText(end: NeedEnd): string {
  if (end.kind === "workload") return end.id;
  return end.kind === "addresses" ? formatRanges(end.set).slice(0, 4).join(",") : end.kind;
}

function portText(port: NeedPort): string {
  if (port.kind === "range") return `${port.protocol} ${port.first}-${port.last}`;
  return port.kind === "number" ? `${port.protocol} ${port.port}` : port.kind;
}
