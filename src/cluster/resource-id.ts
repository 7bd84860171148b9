// Identity of a resource: (group, kind, namespace, name). Version and file do not count.

/** `namespace` is empty for cluster-scoped resources; `apiVersion` is kept for display only. */
export interface ResourceId {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The identity as one string, for maps; equal exactly for equal (group, kind, namespace, name). */
export function keyOf(id: Pick<ResourceId, "group" | "kind" | "namespace" | "name">): string {
  return `${id.group}/${id.kind}/${id.namespace}/${id.name}`;
}

/** `shop/cart`, or the bare name of a cluster-scoped resource. */
export function qualifiedName(id: Pick<ResourceId, "namespace" | "name">): string {
  return id.namespace === "" ? id.name : `${id.namespace}/${id.name}`;
}
