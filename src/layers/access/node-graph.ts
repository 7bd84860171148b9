// Which objects lead to which node (k/k plugin/pkg/auth/authorizer/node/graph.go): through the pods bound to it, their
// volumes, and the objects that name it. Immutable; a changed object changes only its own edges.

import { createLayeredMap, type LayeredMap } from "./layered-map.ts";
import type { VertexKind } from "./node-references.ts";
import { vertexKey } from "./node-references.ts";
import type { ResourceReference } from "./resource-reference.ts";

/** A pod bound to a node, or an object that names its node. */
export interface OnNode<S> {
  readonly resource: ResourceReference<S>;
  readonly node: string;
  /** Vertices that lead to the node through this object. */
  readonly references: readonly string[];
}

/** A volume bound to a claim: whoever reaches the claim reaches the volume and its secrets. */
export interface BoundVolume<S> {
  readonly resource: ResourceReference<S>;
  readonly claim: string;
  readonly secrets: readonly string[];
}

export interface NodeGraph<S> {
  /** Pods, attachments, slices and certificate requests, by vertex. */
  readonly onNode: LayeredMap<OnNode<S>>;
  readonly volumes: LayeredMap<BoundVolume<S>>;
  /** By vertex: the keys in `onNode` of the pods that refer to it, each with its node. */
  readonly pods: LayeredMap<ReadonlyMap<string, string>>;
  /** By secret vertex: the keys in `volumes` of the volumes that need it. */
  readonly volumesOf: LayeredMap<ReadonlySet<string>>;
}

export function emptyNodeGraph<S>(): NodeGraph<S> {
  return {
    onNode: createLayeredMap(new Map()),
    volumes: createLayeredMap(new Map()),
    pods: createLayeredMap(new Map()),
    volumesOf: createLayeredMap(new Map()),
  };
}

export type Vertex<S> =
  | { readonly kind: "on-node"; readonly key: string; readonly value: OnNode<S> | undefined }
  | { readonly kind: "volume"; readonly key: string; readonly value: BoundVolume<S> | undefined };

/** The graph after the changes, in order; an undefined value removes the vertex. Linear in the edges that change. */
export function changeNodeGraph<S>(graph: NodeGraph<S>, changes: Iterable<Vertex<S>>): NodeGraph<S> {
  const onNode = new Map<string, OnNode<S> | undefined>();
  const volumes = new Map<string, BoundVolume<S> | undefined>();
  const pods = new Map<string, Map<string, string>>();
  const volumesOf = new Map<string, Set<string>>();
  const podsAt = (key: string) => draft(pods, key, () => new Map(graph.pods.get(key)));
  const volumesAt = (key: string) => draft(volumesOf, key, () => new Set(graph.volumesOf.get(key)));
  for (const change of changes) {
    const { key } = change;
    if (change.kind === "on-node") {
      const before = onNode.has(key) ? onNode.get(key) : graph.onNode.get(key);
      for (const reference of before?.references ?? []) podsAt(reference).delete(key);
      for (const reference of change.value?.references ?? []) podsAt(reference).set(key, change.value?.node ?? "");
      if (before !== undefined || change.value !== undefined) onNode.set(key, change.value);
    } else {
      const before = volumes.has(key) ? volumes.get(key) : graph.volumes.get(key);
      for (const secret of before?.secrets ?? []) volumesAt(secret).delete(key);
      for (const secret of change.value?.secrets ?? []) volumesAt(secret).add(key);
      if (before !== undefined || change.value !== undefined) volumes.set(key, change.value);
    }
  }
  return {
    onNode: graph.onNode.with(onNode),
    volumes: graph.volumes.with(volumes),
    pods: graph.pods.with(filled(pods)),
    volumesOf: graph.volumesOf.with(filled(volumesOf)),
  };
}

/**
 * The objects that lead from the vertex to the node, e.g. `[volume, pod]`; `undefined` when nothing does. Constant
 * time after the first question about a vertex.
 */
export function pathToNode<S>(
  graph: NodeGraph<S>,
  node: string,
  kind: VertexKind,
  namespace: string,
  name: string,
): readonly ResourceReference<S>[] | undefined {
  const key = vertexKey(kind, namespace, name);
  const own = graph.onNode.get(key);
  if (own !== undefined) return own.node === node ? [own.resource] : undefined;
  const pod = podOn(graph, node, key);
  if (pod !== undefined) return [pod];
  const volumeKeys = kind === "persistentvolume" ? [key] : kind === "secret" ? (graph.volumesOf.get(key) ?? []) : [];
  for (const volumeKey of volumeKeys) {
    const volume = graph.volumes.get(volumeKey);
    const holder = volume === undefined ? undefined : podOn(graph, node, volume.claim);
    if (volume !== undefined && holder !== undefined) return [volume.resource, holder];
  }
  return undefined;
}

const firstPodByNode = new WeakMap<ReadonlyMap<string, string>, ReadonlyMap<string, string>>();

function podOn<S>(graph: NodeGraph<S>, node: string, vertex: string): ResourceReference<S> | undefined {
  const holders = graph.pods.get(vertex);
  if (holders === undefined) return undefined;
  let byNode = firstPodByNode.get(holders);
  if (byNode === undefined) {
    const built = new Map<string, string>();
    for (const [podKey, onNode] of holders) if (!built.has(onNode)) built.set(onNode, podKey);
    firstPodByNode.set(holders, (byNode = built));
  }
  const podKey = byNode.get(node);
  return podKey === undefined ? undefined : graph.onNode.get(podKey)?.resource;
}

function draft<V>(drafts: Map<string, V>, key: string, copy: () => V): V {
  let value = drafts.get(key);
  if (value === undefined) drafts.set(key, (value = copy()));
  return value;
}

function* filled<V extends { readonly size: number }>(
  drafts: ReadonlyMap<string, V>,
): Generator<readonly [string, V | undefined]> {
  for (const [key, value] of drafts) yield [key, value.size === 0 ? undefined : value];
}
