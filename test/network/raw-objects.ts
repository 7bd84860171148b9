// Kubernetes objects as the tests of the network engine write them: raw, un-defaulted.

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}
export type Labels = Readonly<Record<string, string>>;
interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
}
export interface RawContainer {
  readonly name: string;
  readonly image: string;
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[];
}
export interface RawNamespace {
  readonly metadata: Metadata;
}
export interface RawNode {
  readonly metadata: Metadata;
  readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
}
export interface RawPod {
  readonly metadata: Metadata;
  readonly spec: {
    readonly hostNetwork?: boolean;
    readonly nodeName?: string;
    readonly initContainers?: readonly RawContainer[];
    readonly containers: readonly RawContainer[];
  };
  readonly status?: { readonly podIPs: readonly { readonly ip: string }[] };
}
export interface RawPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
export interface RawPort {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}
export interface RawRule {
  readonly from?: readonly RawPeer[];
  readonly to?: readonly RawPeer[];
  readonly ports?: readonly RawPort[];
}
export interface RawNetworkPolicy {
  readonly metadata: Metadata;
  readonly spec: {
    readonly podSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly RawRule[];
    readonly egress?: readonly RawRule[];
  };
}
export interface RawClusterPeer {
  readonly namespaces?: Selector;
  readonly pods?: { readonly namespaceSelector?: Selector; readonly podSelector?: Selector };
  readonly networks?: readonly string[];
  readonly nodes?: Selector;
}
interface DestinationPort {
  readonly destinationPort: {
    readonly number?: number;
    readonly range?: { readonly start: number; readonly end: number };
  };
}
export interface RawProtocol {
  readonly destinationNamedPort?: string;
  readonly tcp?: DestinationPort;
  readonly udp?: DestinationPort;
  readonly sctp?: DestinationPort;
}
export type Action = "Accept" | "Deny" | "Pass";
export interface RawClusterRule {
  readonly action: Action;
  readonly from?: readonly RawClusterPeer[];
  readonly to?: readonly RawClusterPeer[];
  readonly protocols?: readonly RawProtocol[];
}
export interface RawClusterPolicy {
  readonly metadata: Metadata;
  readonly spec: {
    readonly tier: "Admin" | "Baseline";
    readonly priority: number;
    readonly subject: RawClusterPeer;
    readonly ingress?: readonly RawClusterRule[];
    readonly egress?: readonly RawClusterRule[];
  };
}

export interface RawWorld {
  readonly namespaces: readonly RawNamespace[];
  readonly nodes: readonly RawNode[];
  readonly pods: readonly RawPod[];
  readonly networkPolicies: readonly RawNetworkPolicy[];
  readonly clusterPolicies: readonly RawClusterPolicy[];
}

/** The world as a list of objects with their types. */
export function objectsOf(world: RawWorld): readonly object[] {
  const typed = (apiVersion: string, kind: string, list: readonly object[]): readonly object[] =>
    list.map((object) => Object.assign({ apiVersion, kind }, object));
  return [
    ...typed("v1", "Namespace", world.namespaces),
    ...typed("v1", "Node", world.nodes),
    ...typed("v1", "Pod", world.pods),
    ...typed("networking.k8s.io/v1", "NetworkPolicy", world.networkPolicies),
    ...typed("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", world.clusterPolicies),
  ];
}
