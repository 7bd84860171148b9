// A need in the words of policies: peers that can be selected, and ports of pods.

import type { AddressSet } from "../address-set.ts";
import type { PortSet, Protocol } from "../port-set.ts";
import type { Need } from "./need.ts";
import type { Owner } from "./owner-selector.ts";

export type EdgePeer =
  | { readonly kind: "owner"; readonly owner: Owner }
  | { readonly kind: "namespace"; readonly name: string }
  | { readonly kind: "pods" }
  | { readonly kind: "addresses"; readonly set: AddressSet; readonly of: AddressesOf }
  | { readonly kind: "anywhere" };

/** Whose addresses they are, for the reader of the policy. */
export type AddressesOf =
  | { readonly kind: "outside" | "nodes" | "api-server" }
  | { readonly kind: "domain" | "host-network"; readonly name: string };

export type EdgePort =
  | { readonly kind: "numbers"; readonly protocol: Protocol; readonly first: number; readonly last: number }
  /** Pods of the destination have different numbers for the name. */
  | { readonly kind: "named"; readonly protocol: Protocol; readonly name: string; readonly ports: PortSet }
  | { readonly kind: "protocol"; readonly protocol: Protocol }
  | { readonly kind: "all" };

export interface Edge {
  readonly from: EdgePeer;
  readonly to: EdgePeer;
  readonly port: EdgePort;
  readonly need: Need;
}

/** A need that no rule can be written for, with the reason. */
export interface UnmetNeed {
  readonly need: Need;
  readonly code:
    /** NetworkPolicy has no host names: `--address NAME=CIDR` says where it is. */
    | "domain"
    | "api-server-unknown"
    | "nodes-unknown"
    /** The workload is not in the input. */
    | "unknown-workload"
    /** No pod of the destination has a port of the name. */
    | "no-such-port";
}

/** Traffic that policies do not touch, by name: stated, so that nobody looks for a rule. */
export interface NamedException {
  readonly need: Need;
  /**
   * `own-node`: the kubelet's probes, which no policy stops. `source-address`: a ClusterNetworkPolicy has no word for
   * addresses as sources, so they stay open.
   */
  readonly code: "own-node" | "source-address";
}
