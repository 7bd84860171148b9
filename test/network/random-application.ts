// Random clusters with traffic, for property tests of generated policies: workloads of every kind that share labels,
// differ in named ports, have volatile labels, no labels at all, or the node's network.

import fc from "fast-check";
import { parseCidr } from "../../src/layers/network/address-set.ts";
import type { Protocol } from "../../src/layers/network/port-set.ts";
import type { RawPod, RawWorld } from "./raw-objects.ts";
import type { Need } from "../../src/layers/network/generate/need.ts";

export interface RandomApplication {
  readonly world: RawWorld;
  readonly services: readonly object[];
  /** Workload id of each pod. */
  readonly ownerOf: ReadonlyMap<string, string>;
  /** As a flow log would have it, pods by `ns/name`, others by address. */
  readonly flows: readonly Flow[];
  /** Ports that are open to whoever is not under a default deny: pods alone, or addresses too. */
  readonly doors: readonly Door[];
}

export interface Door {
  readonly from: "pods" | "anywhere";
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
}

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
}

const NAMESPACES = ["a", "b", "c"];
export const SOMEWHERE = ["203.0.113.9", "198.51.100.7", "192.168.7.7"];
export const PROBES: readonly (readonly [Protocol, number])[] = [
  ["TCP", 53],
  ["UDP", 53],
  ["TCP", 80],
  ["TCP", 8080],
  ["TCP", 9090],
  ["UDP", 8080],
];

const workload = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  kind: fc.constantFrom("Deployment", "StatefulSet", "DaemonSet", "Job", "Pod"),
  labels: fc.dictionary(
    fc.constantFrom("app", "app.kubernetes.io/name", "tier", "version", "track"),
    fc.constantFrom("x", "y"),
    { maxKeys: 3 },
  ),
  replicas: fc.integer({ min: 1, max: 3 }),
  /** The number of the port named `http`; pods after the first may have the other one. */
  http: fc.constantFrom(80, 8080),
  differs: fc.boolean(),
  isHostNetwork: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
});
type DrawnWorkload = typeof workload extends fc.Arbitrary<infer T> ? T : never;

export const randomApplication: fc.Arbitrary<RandomApplication> = fc
  .record({
    workloads: fc.array(workload, { minLength: 2, maxLength: 7 }),
    traffic: fc.array(
      fc.record({
        from: fc.nat(30),
        to: fc.nat(30),
        probe: fc.constantFrom(...PROBES.slice(2)),
        outside: fc.option(fc.nat(2), { freq: 4, nil: undefined }),
        isInbound: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
    entries: fc.array(
      fc.record({
        to: fc.nat(30),
        probe: fc.constantFrom(...PROBES.slice(2)),
        from: fc.constantFrom("pods" as const, "anywhere" as const),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ workloads, traffic, entries }) => {
    const pods: RawPod[] = [];
    const ownerOf = new Map<string, string>();
    for (const [index, one] of workloads.entries()) {
      const count = one.kind === "Pod" ? 1 : one.replicas;
      for (let replica = 0; replica < count; replica++) {
        const pod = podOf(one, index, replica);
        pods.push(pod);
        const suffix = one.kind === "Pod" ? `${pod.metadata.name}[Pod]` : `w${index}[${one.kind}]`;
        ownerOf.set(`${one.namespace}/${pod.metadata.name}`, `${one.namespace}/${suffix}`);
      }
    }
    const names = [...ownerOf.keys()];
    const flows = traffic.map(({ from, to, probe: [protocol, port], outside, isInbound }): Flow => {
      const a = names[from % names.length] ?? "";
      const b = names[to % names.length] ?? "";
      const other = outside === undefined ? undefined : SOMEWHERE[outside];
      return {
        from: other !== undefined && isInbound ? other : a,
        to: other !== undefined && !isInbound ? other : b,
        protocol,
        port,
      };
    });
    const doors = entries.map(({ to, probe: [protocol, port], from }): Door => ({
      from,
      to: names[to % names.length] ?? "",
      protocol,
      port,
    }));
    for (const pod of DNS_PODS) ownerOf.set(`kube-system/${pod.metadata.name}`, "kube-system/coredns[DaemonSet]");
    return {
      world: {
        namespaces: [...NAMESPACES, "kube-system"].map((name) => ({
          metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
        })),
        nodes: [],
        pods: [...pods, ...DNS_PODS],
        networkPolicies: [],
        clusterPolicies: [],
      },
      services: [DNS_SERVICE],
      ownerOf,
      flows,
      doors,
    };
  });

function podOf(one: DrawnWorkload, index: number, replica: number): RawPod {
  const { namespace, kind, labels, http, differs, isHostNetwork } = one;
  const name = `w${index}-${replica}`;
  const own = ((): Record<string, string> => {
    switch (kind) {
      case "Deployment":
        return { "pod-template-hash": `h${replica % 2}` };
      case "StatefulSet":
        return {
          "controller-revision-hash": "r1",
          "statefulset.kubernetes.io/pod-name": name,
          "apps.kubernetes.io/pod-index": `${replica}`,
        };
      case "DaemonSet":
        return { "controller-revision-hash": "r1", "pod-template-generation": "1" };
      case "Job":
        return { "job-name": `w${index}`, "batch.kubernetes.io/job-name": `w${index}`, "controller-uid": `u${index}` };
      default:
        return {};
    }
  })();
  const number = differs && replica > 0 ? 88 - http + 8080 : http;
  const owners =
    kind === "Pod"
      ? {}
      : { ownerReferences: [{ apiVersion: "x/v1", kind, name: `w${index}`, uid: "u", controller: true }] };
  const address = isHostNetwork ? `192.168.0.${index + 1}` : `10.0.${index}.${replica + 1}`;
  return {
    metadata: { name, namespace, labels: { ...labels, ...own }, ...owners },
    spec: {
      nodeName: `n${index}`,
      ...(isHostNetwork ? { hostNetwork: true } : {}),
      containers: [{ name: "main", image: "i", ports: [{ name: "http", containerPort: number }] }],
    },
    status: { podIPs: [{ ip: address }] },
  };
}

const DNS_OWNER = [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "coredns", uid: "u", controller: true }];
const DNS_PODS = [0, 1].map((replica) => ({
  metadata: {
    name: `coredns-${replica}`,
    namespace: "kube-system",
    labels: { "k8s-app": "kube-dns", "controller-revision-hash": "r" },
    ownerReferences: DNS_OWNER,
  },
  spec: { nodeName: "control", containers: [{ name: "dns", image: "i" }] },
  status: { podIPs: [{ ip: `10.1.0.${replica + 1}` }] },
}));

const DNS_SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kube-dns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  spec: {
    selector: { "k8s-app": "kube-dns" },
    ports: [
      { name: "dns", port: 53, protocol: "UDP" },
      { name: "dns-tcp", port: 53, protocol: "TCP" },
    ],
  },
};

/** Flows folded to needs between owners, the obvious way. */
export function needsOfFlows({ flows, doors, ownerOf }: RandomApplication): readonly Need[] {
  const endOf = (name: string): Need["from"] => {
    const id = ownerOf.get(name);
    return id === undefined ? { kind: "addresses", set: parseCidr(`${name}/32`)?.set ?? [] } : { kind: "workload", id };
  };
  const needOf = (from: Need["from"], to: Need["to"], protocol: Protocol, port: number): Need => ({
    from,
    to,
    port: { kind: "number", protocol, port },
    because: [{ kind: "observed", flows: 1, sources: ["flows.csv"] }],
  });
  return [
    ...flows.map(({ from, to, protocol, port }) => needOf(endOf(from), endOf(to), protocol, port)),
    ...doors.map(({ from, to, protocol, port }) => needOf({ kind: from }, endOf(to), protocol, port)),
  ];
}
