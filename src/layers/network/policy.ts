// One form for every policy kind: a subject, and rules per direction in the tier where they are asked.

import type { Resource } from "../../cluster/resource.ts";
import type { LabelSelector } from "../../kubernetes/label-selector.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { AddressSet } from "./address-set.ts";
import type { PortSet, Protocol } from "./port-set.ts";

/** Asked in this order (network-policy-api `api-overview`): Admin, then NetworkPolicy, then Baseline. */
export type Tier = "Admin" | "NetworkPolicy" | "Baseline";
export type Direction = "ingress" | "egress";
export type Action = "Accept" | "Deny" | "Pass";

export const DIRECTIONS: readonly Direction[] = ["ingress", "egress"];
export const EVERYTHING: LabelSelector = {};

export interface Policy {
  readonly resource: Resource;
  readonly tier: Tier;
  /** Lower is asked first; 0 for NetworkPolicies, which have no order. */
  readonly priority: number;
  readonly subject: PodPeer;
  /** `undefined`: the policy says nothing about the direction (for a NetworkPolicy: does not isolate). */
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

export interface Rule {
  /** Position in the object's own list. */
  readonly index: number;
  readonly action: Action;
  readonly peers: readonly Peer[] | "any";
  readonly ports: readonly PortMatch[] | "any";
  /** The rule has a part that is not known, and is read as the API asks for: Accept nothing, else deny everything. */
  readonly isFailedClosed?: true;
}

/** One namespace by name (a NetworkPolicy's own), or those a selector picks. */
export type NamespaceScope =
  | { readonly kind: "own"; readonly name: string }
  | { readonly kind: "selected"; readonly selector: LabelSelector };

export interface PodPeer {
  readonly kind: "pods";
  readonly namespaces: NamespaceScope;
  readonly pods: LabelSelector;
}

export type Peer =
  | PodPeer
  | { readonly kind: "addresses"; readonly set: AddressSet }
  | { readonly kind: "nodes"; readonly nodes: LabelSelector }
  | { readonly kind: "domains"; readonly names: readonly string[] };

/** A named port without protocol matches the name under any protocol. */
export type PortMatch =
  | { readonly kind: "numbers"; readonly ports: PortSet }
  | { readonly kind: "named"; readonly name: string; readonly protocol?: Protocol };

/** Path of a rule, or of one of its peers, in the object. */
export function rulePath(direction: Direction, rule: number, peer?: number): Path {
  const path = ["spec", direction, rule];
  return peer === undefined ? path : [...path, direction === "ingress" ? "from" : "to", peer];
}
