// Who resolves names: the Service of the cluster's DNS and the pods behind it, NodeLocal DNSCache on the nodes. Where the
// input has neither, a stand-in takes the place that every distribution gives it.

import type { Resource } from "../../../cluster/resource.ts";
import { podTemplatesOf } from "../../../kubernetes/pod-template.ts";
import { valueAt } from "../../../kubernetes/path.ts";
import { array, narrow, object, string } from "../../../kubernetes/shape.ts";
import { parseAddress } from "../address.ts";
import { singleAddress, type AddressSet } from "../address-set.ts";
import { isEmpty, union } from "../interval-set.ts";
import type { Network, Workload } from "../network.ts";
import type { ServicePortView, ServiceView } from "../services.ts";
import type { NeedEnd, NeedPort } from "./need.ts";

export interface Resolver {
  readonly targets: readonly { readonly to: NeedEnd; readonly port: NeedPort }[];
  /** What says that it resolves names. */
  readonly resource: Resource;
  /** Not in the input; to be put beside it. */
  readonly isAssumed: boolean;
}

const DNS_PORT = 53;
const NAMES: ReadonlySet<string> = new Set(["kube-dns", "coredns", "dns-default", "rke2-coredns-rke2-coredns"]);

/** Finds every resolver. O(Services + workloads). */
export function findResolvers(
  network: Network,
  workloadIdOf: (pod: object) => string | undefined,
): readonly Resolver[] {
  const found = network
    .services()
    .all.filter(isDns)
    .flatMap((service): readonly Resolver[] => {
      const targets = service.ports.filter(isDnsPort).flatMap((port) => podTargets(port, workloadIdOf));
      return targets.length === 0 ? [] : [{ targets, resource: service.resource, isAssumed: false }];
    });
  const byLabel = found.length > 0 ? found : network.workloads.flatMap(clusterDns);
  const resolvers = byLabel.length > 0 ? byLabel : [STAND_IN];
  return [...resolvers, ...network.workloads.flatMap(nodeLocal)];
}

function isDns({ resource, ports }: ServiceView): boolean {
  const { name } = resource.id;
  const label = resource.object.metadata?.labels?.["k8s-app"] ?? "";
  const isNamed = NAMES.has(name) || label === "kube-dns" || label === "coredns";
  return isNamed && ports.some(({ protocol, port }) => protocol === "UDP" && port === DNS_PORT);
}

function isDnsPort({ port }: ServicePortView): boolean {
  return port === DNS_PORT;
}

function podTargets(
  { targets, protocol }: ServicePortView,
  workloadIdOf: (pod: object) => string | undefined,
): Resolver["targets"] {
  const found = new Map<string, Resolver["targets"][number]>();
  for (const { pod, port } of targets) {
    const id = workloadIdOf(pod);
    if (id === undefined) continue;
    found.set(`${id} ${port}`, { to: { kind: "workload", id }, port: { kind: "number", protocol, port } });
  }
  return [...found.values()];
}

/** Pods of the cluster's DNS without their Service in the input. */
function clusterDns(workload: Workload): readonly Resolver[] {
  const [pod] = workload.pods;
  if (workload.namespace !== "kube-system" || pod?.labels?.["k8s-app"] !== "kube-dns") return [];
  if (pod.resource === undefined) return [];
  return [{ targets: bothProtocols({ kind: "workload", id: workload.id }), resource: pod.resource, isAssumed: false }];
}

function bothProtocols(to: NeedEnd): Resolver["targets"] {
  return (["UDP", "TCP"] as const).map((protocol) => ({ to, port: { kind: "number", protocol, port: DNS_PORT } }));
}

const localContainers = object({
  spec: object({
    initContainers: array(object({ args: array(string), command: array(string) })),
    containers: array(object({ args: array(string), command: array(string) })),
  }),
});

/** NodeLocal DNSCache listens on each node, on the addresses of `-localip` (k8s.io/dns cmd/node-cache). */
function nodeLocal(workload: Workload): readonly Resolver[] {
  const [pod] = workload.pods;
  if (pod?.labels?.["k8s-app"] !== "node-local-dns" || pod.resource === undefined) return [];
  const [place] = podTemplatesOf(pod.resource.object);
  const template = narrow(localContainers, valueAt(pod.resource.object, place?.path ?? []));
  let set: AddressSet = [];
  const { initContainers, containers } = (template.ok ? template.value.spec : undefined) ?? {};
  for (const container of [...(initContainers ?? []), ...(containers ?? [])]) {
    const words = [...(container?.command ?? []), ...(container?.args ?? [])].map((word) => word ?? "");
    for (const [index, word] of words.entries()) {
      const list = /^--?localip(?:=(.*))?$/.exec(word);
      if (list === null) continue;
      for (const text of (list[1] ?? words[index + 1] ?? "").split(",")) {
        const point = parseAddress(text.trim())?.point;
        if (point !== undefined) set = union(set, singleAddress(point));
      }
    }
  }
  const addresses = isEmpty(set) ? singleAddress(LOCAL_ADDRESS) : set;
  return [{ targets: bothProtocols({ kind: "addresses", set: addresses }), resource: pod.resource, isAssumed: false }];
}

/** 169.254.20.10, the documented default. */
const LOCAL_ADDRESS = 0xa9fe140a;

export const STAND_IN_ID = "kube-system/kube-dns[Deployment]";

/** The label that kubeadm and the large providers give the cluster's DNS since kube-dns. */
const STAND_IN_RESOURCE: Resource = {
  id: { apiVersion: "apps/v1", group: "apps", kind: "Deployment", namespace: "kube-system", name: "kube-dns" },
  object: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "kube-dns", namespace: "kube-system" },
    spec: { template: { metadata: { labels: { "k8s-app": "kube-dns" } }, spec: { containers: [{ name: "dns" }] } } },
  },
  provenance: { kind: "file", file: "" },
  locate: () => undefined,
};

const STAND_IN: Resolver = {
  targets: bothProtocols({ kind: "workload", id: STAND_IN_ID }),
  resource: STAND_IN_RESOURCE,
  isAssumed: true,
};
