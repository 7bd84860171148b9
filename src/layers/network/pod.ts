// A pod as the network sees it: labels, named ports, addresses, node. Live pods and templates alike.

import type { Resource } from "../../cluster/resource.ts";
import type { Labels } from "../../kubernetes/label-selector.ts";
import type { AddressPoint } from "./address.ts";
import type { Protocol } from "./port-set.ts";

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

export interface Pod {
  readonly namespace: string;
  /** Of the pod; of the workload for a template. */
  readonly name: string;
  readonly labels: Labels;
  /** Named ports of regular containers and native sidecars (init containers that keep running, KEP-753). */
  readonly ports: readonly NamedPort[];
  /** Empty when not known; at most one per family in a valid object. */
  readonly addresses: readonly AddressPoint[];
  readonly node: string | undefined;
  readonly nodeAddresses: readonly AddressPoint[];
  readonly isHostNetwork: boolean;
  /** Stands for the pods a controller would make. */
  readonly isTemplate: boolean;
  /** Absent for the stranger. */
  readonly resource: Resource | undefined;
}

/** Pods of one top owner, or a pod without one. */
export interface Workload {
  /** `shop/cart[Deployment]`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** Never empty. Live pods if there are any, else one per template (and StatefulSet ordinal). */
  readonly pods: readonly Pod[];
}

/** The namespace of the stranger; no real namespace can have the name. */
export const STRANGE_NAMESPACE = "\u0000";

/**
 * A pod that nobody expects: without labels, in a new namespace without labels. What reaches it or is reached by it is
 * open to whoever may create pods anywhere.
 */
export const STRANGER: Pod = {
  namespace: STRANGE_NAMESPACE,
  name: STRANGE_NAMESPACE,
  labels: {},
  ports: [],
  addresses: [],
  node: undefined,
  nodeAddresses: [],
  isHostNetwork: false,
  isTemplate: true,
  resource: undefined,
};
