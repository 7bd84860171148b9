// An immutable, indexed snapshot of Kubernetes resources. Everything relational is computed from it.

import { keyOf, type ResourceId } from "./resource-id.ts";
import type { Resource } from "./resource.ts";

export interface ClusterChanges {
  readonly put?: readonly Resource[];
  readonly remove?: readonly Pick<ResourceId, "group" | "kind" | "namespace" | "name">[];
}

export interface Cluster {
  /** Every resource, in the order read. */
  readonly resources: readonly Resource[];
  /** The last resource read with this identity. */
  readonly get: (id: Pick<ResourceId, "group" | "kind" | "namespace" | "name">) => Resource | undefined;
  readonly ofKind: (group: string, kind: string) => readonly Resource[];
  readonly inNamespace: (namespace: string) => readonly Resource[];
  /** Resources whose controller has this uid, or, where there is none, this kind and name in the namespace. */
  readonly ownedBy: (owner: Resource) => readonly Resource[];
  readonly withLabel: (name: string, value: string) => readonly Resource[];
  /** Names of all namespaces that hold a resource or are declared, sorted. */
  readonly namespaces: readonly string[];
  /** A new snapshot; this one stays as it is. Indexes are built when first asked for. */
  readonly withChanges: (changes: ClusterChanges) => Cluster;
}

/** Builds a snapshot. O(1) until an index is asked for; each index is built once, in O(resources). */
export function createCluster(resources: readonly Resource[]): Cluster {
  const byKey = lazily(() => new Map(resources.map((resource) => [keyOf(resource.id), resource])));
  const byKind = lazily(() => groupBy(resources, ({ id }) => [`${id.group}/${id.kind}`]));
  const byNamespace = lazily(() => groupBy(resources, ({ id }) => [id.namespace]));
  const byOwner = lazily(() => groupBy(resources, ownerKeysOf));
  const byLabel = lazily(() =>
    groupBy(resources, ({ object }) =>
      Object.entries(object.metadata?.labels ?? {}).map(([name, value]) => `${name}=${value ?? ""}`),
    ),
  );
  const namespaces = lazily(() => {
    const names = new Set([...byNamespace().keys()].filter((name) => name !== ""));
    for (const { id } of byKind().get("/Namespace") ?? []) names.add(id.name);
    return [...names].sort();
  });
  return {
    resources,
    get: (id) => byKey().get(keyOf(id)),
    ofKind: (group, kind) => byKind().get(`${group}/${kind}`) ?? [],
    inNamespace: (namespace) => byNamespace().get(namespace) ?? [],
    ownedBy: (owner) => byOwner().get(ownerKey(owner)) ?? [],
    withLabel: (name, value) => byLabel().get(`${name}=${value}`) ?? [],
    get namespaces() {
      return namespaces();
    },
    withChanges: (changes) => createCluster(applyChanges(resources, changes)),
  };
}

function applyChanges(resources: readonly Resource[], { put = [], remove = [] }: ClusterChanges): readonly Resource[] {
  const replacement = new Map(put.map((resource) => [keyOf(resource.id), resource]));
  const gone = new Set(remove.map(keyOf));
  const kept: Resource[] = [];
  for (const resource of resources) {
    const key = keyOf(resource.id);
    const next = replacement.get(key);
    if (next !== undefined) {
      kept.push(next);
      replacement.delete(key);
      gone.add(key); // further resources of this identity are replaced too
    } else if (!gone.has(key)) kept.push(resource);
  }
  return [...kept, ...replacement.values()];
}

function ownerKey(owner: Resource): string {
  const { metadata } = owner.object;
  return metadata?.uid ? metadata.uid : `${owner.id.namespace}/${owner.id.kind}/${owner.id.name}`;
}

function ownerKeysOf({ id, object }: Resource): readonly string[] {
  return (object.metadata?.ownerReferences ?? []).flatMap((owner) =>
    owner?.controller === true ? [owner.uid ?? "", `${id.namespace}/${owner.kind ?? ""}/${owner.name ?? ""}`] : [],
  );
}

function groupBy(
  resources: readonly Resource[],
  keysOf: (resource: Resource) => readonly string[],
): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [resource]);
      else group.push(resource);
    }
  }
  return groups;
}

function lazily<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => (built ??= { value: build() }).value;
}
