// How the engine names an object it read: enough to find it again, and whatever its source wants to remember.

import type { KubernetesObject } from "../../kubernetes/object.ts";

/** An object together with what the caller needs to print where it came from (a file and offsets, a resourceVersion). */
export interface AccessObject<S> {
  readonly object: KubernetesObject;
  readonly source: S;
}

export interface ResourceReference<S> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for cluster-scoped objects. */
  readonly namespace: string;
  readonly name: string;
  readonly source: S;
}

/** Names an object by group, kind, namespace and name: what a deletion needs. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | null;
  readonly name: string;
}

/** Key of a namespaced name; neither part can hold the separator. */
export function keyOf(namespace: string, name: string): string {
  return `${namespace}\u0000${name}`;
}
