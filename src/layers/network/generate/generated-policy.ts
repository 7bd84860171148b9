// What is generated: a policy object, and for each of its rules what it is there for.

import type { Resource } from "../../../cluster/resource.ts";
import type { KubernetesObject } from "../../../kubernetes/object.ts";
import type { Direction } from "../policy.ts";
import type { Owner } from "./owner-selector.ts";
import type { PlannedPeer, PlannedRule } from "./rules.ts";

export type PolicyKind = "NetworkPolicy" | "ClusterNetworkPolicy";

export interface GeneratedPolicy {
  readonly resource: Resource;
  /** Of the default deny and of the pods it is about. */
  readonly namespace: string;
  /** Absent for a default deny. */
  readonly owner: Owner | undefined;
  /** In the order of the object. */
  readonly rules: readonly GeneratedRule[];
  /** The owner is left open in these directions, since nothing is known of it. */
  readonly leftOpen: readonly Direction[];
}

export interface GeneratedRule {
  readonly direction: Direction;
  /** Position in the object's list. */
  readonly index: number;
  /** For each entry of `from` or `to` the peer it stands for; several entries may stand for one. */
  readonly entries: readonly PlannedPeer[];
  readonly planned: PlannedRule;
}

/** Its label on everything that is generated, so that it can be found and taken back. */
export const MANAGED_BY = { "app.kubernetes.io/managed-by": "ringwall" } as const;

/** A generated object as a resource of the engine. */
export function generatedResource(object: KubernetesObject, namespace: string, name: string): Resource {
  const { apiVersion, kind } = object;
  const group = apiVersion.slice(0, apiVersion.indexOf("/"));
  return {
    id: { apiVersion, group, kind, namespace, name },
    object,
    provenance: { kind: "file", file: "" },
    locate: () => undefined,
  };
}
