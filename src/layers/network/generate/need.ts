// A need: one connection that an application cannot do without, and what says so. Readers of manifests and of flow logs
// state needs; policies are made from them and proved against them.

import type { Resource } from "../../../cluster/resource.ts";
import type { Path } from "../../../kubernetes/path.ts";
import type { AddressSet } from "../address-set.ts";
import type { Network } from "../network.ts";
import type { Protocol } from "../port-set.ts";

/** What readers of declared needs are given. */
export interface NeedContext {
  readonly network: Network;
  /** Every object of the input: ConfigMaps, webhook configurations, monitors… beside what the network takes. */
  readonly resources: readonly Resource[];
}

/**
 * One end of a need, generalised: never a single pod or a pod's address. Service names and addresses are resolved to
 * the workloads behind them.
 */
export type NeedEnd =
  /** `Workload.id` of the engine's inventory: `shop/cart[Deployment]`. */
  | { readonly kind: "workload"; readonly id: string }
  /** Addresses of no pod, node or API server that is known. */
  | { readonly kind: "addresses"; readonly set: AddressSet }
  /** A host name outside the cluster. NetworkPolicy has no word for it; it is listed. */
  | { readonly kind: "domain"; readonly name: string }
  /** Processes on the nodes themselves: the kubelet's probes, host-network agents. */
  | { readonly kind: "nodes" }
  /** As a destination, `default/kubernetes`; as a source, what calls webhooks and aggregated APIs. */
  | { readonly kind: "api-server" }
  /** Every pod of a namespace. */
  | { readonly kind: "namespace"; readonly name: string }
  /**
   * Some pod of the cluster that the input does not have: an ingress controller. The rule is written at the other end
   * alone; pods under a default deny do not get a way there by it.
   */
  | { readonly kind: "pods" }
  /** Whoever it is, pods and addresses: what stands before a public load balancer. Likewise. */
  | { readonly kind: "anywhere" };

/** On the destination, after the Service: a pod's port, not the Service's. */
export type NeedPort =
  | { readonly kind: "number"; readonly protocol: Protocol; readonly port: number }
  | { readonly kind: "range"; readonly protocol: Protocol; readonly first: number; readonly last: number }
  /** Each pod has its own number for the name; the destination is a workload. */
  | { readonly kind: "named"; readonly protocol: Protocol; readonly name: string }
  /** The port cannot be known; every port of the protocol, without protocol of all. */
  | { readonly kind: "any"; readonly protocol?: Protocol };

/** One connection from any pod of one end to any pod of the other. */
export interface Need {
  readonly from: NeedEnd;
  readonly to: NeedEnd;
  readonly port: NeedPort;
  /** Never empty. */
  readonly because: readonly Reason[];
}

/** A place in the input that asks for the connection. */
export type DeclaredReasonKind =
  | "environment" // a variable of a container
  | "argument" // command or args
  | "config-map" // a value of a ConfigMap that the workload uses
  | "annotation"
  | "service" // a Service that opens the workload to the outside: LoadBalancer, NodePort, externalIPs
  | "ingress"
  | "gateway" // a Gateway API route or an OpenShift Route
  | "probe" // the kubelet's; always from its own node, so no rule is needed
  | "webhook" // admission and conversion webhooks, aggregated APIs
  | "metrics" // prometheus.io annotations, ServiceMonitor, PodMonitor
  | "peers" // members of one headless Service
  | "dns"
  | "api-server"
  | "external-name";

export type Reason =
  | {
      readonly kind: DeclaredReasonKind;
      readonly resource: Resource;
      readonly path: Path;
      /** As written, shortened to what names the destination; never out of a Secret. */
      readonly value?: string;
      /** `svc/shop/api:80`, where the way leads through a Service. */
      readonly through?: string;
    }
  | ObservedReason;

export interface ObservedReason {
  readonly kind: "observed";
  /** Flows that were folded into this need, replies not counted. */
  readonly flows: number;
  /** Milliseconds since 1970, where the log has times. */
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  /** Names of the logs. */
  readonly sources: readonly string[];
}

/** Something that looks like a destination, but names nothing known: listed, never guessed. */
export interface UnresolvedHint {
  readonly code:
    | "no-such-service"
    | "no-such-port" // the Service has no such port
    | "no-pods-behind" // the Service selects nothing
    | "no-port" // a host without a port, and the Service has several
    | "ambiguous"
    | "not-readable"; // a Secret, a key that is not in the input
  readonly resource: Resource;
  readonly path: Path;
  readonly value: string;
  /** The workload it would have been a need of. */
  readonly workload?: string;
  readonly nearest?: readonly string[];
}

/** What stated needs in manifests come to. */
export interface DeclaredNeeds {
  readonly needs: readonly Need[];
  readonly unresolved: readonly UnresolvedHint[];
}

/** What was watched; times in milliseconds since 1970, absent where the log has none. */
export interface ObservationWindow {
  readonly source: string;
  readonly from?: number;
  readonly to?: number;
  readonly flows: number;
}

/** A stretch inside a window without any flow, much longer than those around it. */
export interface ObservationGap {
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

/** A workload of which no flow was seen: it gets no rule from observation, and is listed. */
export interface NotSeen {
  readonly workload: string;
  /** `job`: a Job or CronJob that may not have run in the window. */
  readonly code: "silent" | "job";
}

/** Flows that no end of the cluster could be found for, folded. */
export interface UnresolvedFlow {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number | undefined;
  readonly flows: number;
  readonly code: "unknown-source" | "unknown-destination" | "unknown-protocol" | "unclear-direction";
}

/** What observed flows come to. */
export interface ObservedNeeds {
  readonly needs: readonly Need[];
  readonly windows: readonly ObservationWindow[];
  readonly gaps: readonly ObservationGap[];
  readonly notSeen: readonly NotSeen[];
  readonly unresolved: readonly UnresolvedFlow[];
}
