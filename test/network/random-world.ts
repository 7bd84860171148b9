// Random worlds for property tests: small, dense in what is easily got wrong (named ports, exceptions, tiers, equal
// priorities, host network, unknown addresses, two families).

import fc from "fast-check";
import type {
  RawClusterPeer,
  RawClusterPolicy,
  RawClusterRule,
  RawContainer,
  RawNetworkPolicy,
  RawNode,
  RawPeer,
  RawPod,
  RawPort,
  RawProtocol,
  RawRule,
  RawWorld,
  Selector,
} from "./raw-objects.ts";

export interface WorldOptions {
  /** ClusterNetworkPolicies. */
  readonly hasTiers: boolean;
  /** Host-network pods, pods without an address, pods without a node, equal priorities. */
  readonly hasOpenQuestions: boolean;
}

const NAMESPACES = ["a", "b", "c"];
const NODES: readonly RawNode[] = ["n1", "n2"].map((name, index) => ({
  metadata: { name, labels: { zone: index === 0 ? "x" : "y" } },
  status: {
    addresses: [
      { type: "InternalIP", address: `192.168.0.${index + 1}` },
      { type: "InternalIP", address: `fd00:1::${index + 1}` },
    ],
  },
}));

/** Addresses that are no pod's, for probes. */
export const OUTSIDE = ["192.168.0.1", "203.0.113.9", "10.0.1.200", "fd00:1::2", "2001:db8::9", "fd00:10:0:1::c8"];

/** One address for each way the CIDRs below can tell addresses apart. */
export const CANDIDATES = [
  "8.8.8.8",
  "192.168.0.1",
  "192.168.0.2",
  "192.168.0.3",
  "192.168.0.9",
  "203.0.113.9",
  "203.0.113.200",
  "10.0.1.1",
  "10.0.1.2",
  "10.0.1.6",
  "10.0.1.200",
  "10.0.2.1",
  "10.0.2.2",
  "10.0.2.200",
  "10.9.9.9",
  "172.16.0.1",
  "9::",
  "fd00:1::1",
  "fd00:1::2",
  "fd00:1::9",
  "2001:db8::9",
  "fd00:10:0:1::1",
  "fd00:10:0:1::2",
  "fd00:10:0:1::c8",
  "fd00:10:0:2::1",
  "fd00:10:0:9::",
  "fd00:ffff::",
];

const CIDRS = [
  { cidr: "0.0.0.0/0" },
  { cidr: "10.0.0.0/8", except: ["10.0.1.0/24"] },
  { cidr: "10.0.1.0/24", except: ["10.0.1.0/30"] },
  { cidr: "10.0.2.1/32" },
  { cidr: "10.0.2.0/24" },
  { cidr: "203.0.113.0/25" },
  { cidr: "192.168.0.0/30" },
  { cidr: "::/0" },
  { cidr: "fd00::/8", except: ["fd00:10:0:1::/64"] },
  { cidr: "fd00:10:0:1::/64", except: ["fd00:10:0:1::/127"] },
  { cidr: "fd00:10::/32" },
];

const label = fc.dictionary(fc.constantFrom("app", "tier"), fc.constantFrom("x", "y", "z"), { maxKeys: 2 });
const selector: fc.Arbitrary<Selector> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: label.map((matchLabels) => ({ matchLabels })) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        key: fc.constantFrom("app", "tier"),
        operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
        values: fc.uniqueArray(fc.constantFrom("x", "y", "z"), { minLength: 1, maxLength: 2 }),
      })
      .map(({ key, operator, values }) => ({
        matchExpressions: [
          operator.startsWith("E") || operator.startsWith("D") ? { key, operator } : { key, operator, values },
        ],
      })),
  },
);
const namespaceSelector: fc.Arbitrary<Selector> = fc.oneof(
  selector,
  fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { "kubernetes.io/metadata.name": name } })),
);

const protocol = fc.constantFrom("TCP", "UDP", "SCTP");
const portName = fc.constantFrom("web", "dns", "none");
const containers: fc.Arbitrary<readonly RawContainer[]> = fc
  .array(
    fc.record(
      { name: fc.constantFrom("web", "dns"), containerPort: fc.constantFrom(53, 80, 81, 8080), protocol },
      { requiredKeys: ["containerPort"] },
    ),
    { maxLength: 3 },
  )
  .map((ports) => [{ name: "main", image: "i", ports }]);

const port: fc.Arbitrary<RawPort> = fc.oneof(
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.record({ protocol, port: fc.constantFrom(53, 80, 81, 8080) }, { requiredKeys: ["port"] }),
  fc.record({ protocol, port: portName }, { requiredKeys: ["port"] }),
  fc.constantFrom(
    { port: 79, endPort: 80 },
    { port: 81, endPort: 8080 },
    { protocol: "UDP", port: 1, endPort: 65_535 },
  ),
);
const peer: fc.Arbitrary<RawPeer> = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  namespaceSelector.map((one) => ({ namespaceSelector: one })),
  fc.record({ namespaceSelector, podSelector: selector }),
  fc.constantFrom(...CIDRS).map((ipBlock) => ({ ipBlock })),
);

export function ruleOf(direction: "ingress" | "egress"): fc.Arbitrary<RawRule> {
  const peers = fc.array(peer, { maxLength: 3 });
  return fc.record(
    { [direction === "ingress" ? "from" : "to"]: peers, ports: fc.array(port, { maxLength: 3 }) },
    { requiredKeys: [] },
  ) as fc.Arbitrary<RawRule>; // the computed key is one of the two
}

export const networkPolicy: fc.Arbitrary<RawNetworkPolicy> = fc
  .record({
    namespace: fc.constantFrom(...NAMESPACES),
    spec: fc.record(
      {
        podSelector: selector,
        policyTypes: fc.constantFrom([], ["Ingress"], ["Egress"], ["Ingress", "Egress"]),
        ingress: fc.array(ruleOf("ingress"), { maxLength: 3 }),
        egress: fc.array(ruleOf("egress"), { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ namespace, spec }) => ({ metadata: { name: "", namespace }, spec }));

const podsPeer: fc.Arbitrary<RawClusterPeer> = fc.oneof(
  namespaceSelector.map((namespaces) => ({ namespaces })),
  fc.record({ namespaceSelector, podSelector: selector }).map((pods) => ({ pods })),
);
const clusterPeer: fc.Arbitrary<RawClusterPeer> = fc.oneof(
  { weight: 3, arbitrary: podsPeer },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...CIDRS.map(({ cidr }) => cidr)), { minLength: 1, maxLength: 2 })
      .map((networks) => ({ networks })),
  },
  { weight: 1, arbitrary: fc.constantFrom({}, { matchLabels: { zone: "x" } }).map((nodes) => ({ nodes })) },
);
const destination = fc
  .oneof(
    fc.constantFrom(53, 80, 81).map((number) => ({ number })),
    fc.constantFrom({ start: 80, end: 8080 }, { start: 1, end: 79 }).map((range) => ({ range })),
  )
  .map((destinationPort) => ({ destinationPort }));
const clusterProtocol: fc.Arbitrary<RawProtocol> = fc.oneof(
  destination.map((tcp) => ({ tcp })),
  destination.map((udp) => ({ udp })),
  destination.map((sctp) => ({ sctp })),
  portName.map((destinationNamedPort) => ({ destinationNamedPort })),
);
const action = fc.constantFrom("Accept", "Deny", "Pass");

function clusterRule(direction: "ingress" | "egress"): fc.Arbitrary<RawClusterRule> {
  const peers = fc.array(direction === "ingress" ? podsPeer : clusterPeer, { minLength: 1, maxLength: 2 });
  return fc
    .record(
      {
        action,
        [direction === "ingress" ? "from" : "to"]: peers,
        protocols: fc.array(clusterProtocol, { maxLength: 2 }),
      },
      { requiredKeys: ["action"] },
    )
    .filter((rule) => "from" in rule || "to" in rule)
    .map((rule) => withoutNameTowardsAddresses(rule as RawClusterRule)); // the computed key is one of the two
}

/** The schema refuses named ports towards networks and nodes. */
function withoutNameTowardsAddresses(rule: RawClusterRule): RawClusterRule {
  const isOfAddresses = (rule.to ?? []).some((peer) => "networks" in peer || "nodes" in peer);
  const protocols = (rule.protocols ?? []).filter((one) => one.destinationNamedPort === undefined);
  return isOfAddresses && rule.protocols !== undefined ? { ...rule, protocols } : rule;
}

const clusterPolicy: fc.Arbitrary<RawClusterPolicy> = fc.record({
  metadata: fc.constant({ name: "" }),
  spec: fc.record({
    tier: fc.constantFrom("Admin", "Baseline"),
    priority: fc.integer({ min: 0, max: 2 }),
    subject: podsPeer,
    ingress: fc.array(clusterRule("ingress"), { maxLength: 3 }),
    egress: fc.array(clusterRule("egress"), { maxLength: 3 }),
  }),
});

interface PodDraft {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly RawContainer[];
  readonly sidecars: readonly RawContainer[];
  readonly families: string;
  readonly node: number;
  readonly kind: number;
}

const podDraft: fc.Arbitrary<PodDraft> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels: label,
  containers,
  sidecars: containers,
  families: fc.constantFrom("4", "4", "4", "46", "6"),
  node: fc.nat(2),
  kind: fc.nat(9),
});

function podOf(draft: PodDraft, index: number, hasOpenQuestions: boolean): RawPod {
  const { namespace, labels, kind, node } = draft;
  const isHost = hasOpenQuestions && kind === 0;
  const isUnknown = hasOpenQuestions && kind === 1;
  const nodeName = hasOpenQuestions && node === 2 ? undefined : `n${(node % 2) + 1}`;
  const all = isHost
    ? [`192.168.0.${(node % 2) + 1}`, `fd00:1::${(node % 2) + 1}`]
    : [`10.0.${(index % 2) + 1}.${index + 1}`, `fd00:10:0:${(index % 2) + 1}::${index + 1}`];
  const podIPs = all.filter((ip) => draft.families.includes(ip.includes(":") ? "6" : "4")).map((ip) => ({ ip }));
  const sidecars = draft.sidecars.map((one) => ({
    ...one,
    name: "side",
    restartPolicy: kind % 2 === 0 ? "Always" : "OnFailure",
  }));
  return {
    metadata: { name: `p${index}`, namespace, labels },
    spec: {
      containers: draft.containers,
      initContainers: sidecars,
      ...(nodeName === undefined ? {} : { nodeName }),
      ...(isHost ? { hostNetwork: true } : {}),
    },
    ...(isUnknown ? {} : { status: { podIPs } }),
  };
}

function named<T extends { readonly metadata: object }>(list: readonly T[], prefix: string): readonly T[] {
  return list.map((one, index) => ({ ...one, metadata: { ...one.metadata, name: `${prefix}${index}` } }));
}

/** Worlds of up to seven pods, six NetworkPolicies and four cluster policies. */
export function randomWorld({ hasTiers, hasOpenQuestions }: WorldOptions): fc.Arbitrary<RawWorld> {
  return fc
    .record({
      namespaceLabels: fc.tuple(label, label, label),
      drafts: fc.array(podDraft, { minLength: 3, maxLength: 7 }),
      networkPolicies: fc.array(networkPolicy, { maxLength: 6 }),
      clusterPolicies: fc.array(clusterPolicy, { maxLength: hasTiers ? 4 : 0 }),
    })
    .map(({ namespaceLabels, drafts, networkPolicies, clusterPolicies }) => ({
      nodes: NODES,
      namespaces: NAMESPACES.map((name, index) => ({ metadata: { name, labels: namespaceLabels[index] ?? {} } })),
      pods: drafts.map((draft, index) => podOf(draft, index, hasOpenQuestions)),
      networkPolicies: named(networkPolicies, "np"),
      clusterPolicies: named(clusterPolicies, "cnp").map((policy, index) =>
        hasOpenQuestions ? policy : { ...policy, spec: { ...policy.spec, priority: index } },
      ),
    }));
}
