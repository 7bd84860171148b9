// From objects to vertices of the node graph.

import { groupOf, type KubernetesObject } from "../../kubernetes/object.ts";
import { narrow, type ShapeProblem } from "../../kubernetes/shape.ts";
import type { Vertex } from "./node-graph.ts";
import { podReferences, vertexKey, volumeSecrets, type VertexKind } from "./node-references.ts";
import { onNodeShape, persistentVolumeShape, podShape } from "./node-shapes.ts";
import type { ResourceReference } from "./resource-reference.ts";

const KINDS: ReadonlyMap<string, VertexKind> = new Map([
  ["/Pod", "pod"],
  ["/PersistentVolume", "persistentvolume"],
  ["storage.k8s.io/VolumeAttachment", "volumeattachment"],
  ["resource.k8s.io/ResourceSlice", "resourceslice"],
  ["certificates.k8s.io/PodCertificateRequest", "podcertificaterequest"],
]);

/** The vertex that objects of this type are; `undefined` for types the Node authorizer does not watch. */
export function vertexKindOf(apiVersion: string, kind: string): VertexKind | undefined {
  return KINDS.get(`${groupOf(apiVersion)}/${kind}`);
}

export type VertexResult<S> =
  | { readonly ok: true; readonly vertex: Vertex<S> }
  | { readonly ok: false; readonly vertex: Vertex<S>; readonly problems: readonly ShapeProblem[] };

/** The vertex of an object; without a node (or, for a volume, without a claim) it has no edges and is no vertex. */
export function readVertex<S>(
  kind: VertexKind,
  resource: ResourceReference<S>,
  object: KubernetesObject | undefined,
): VertexResult<S> {
  const key = vertexKey(kind, resource.namespace, resource.name);
  if (kind === "persistentvolume") return readVolume(key, resource, object);
  const gone = { kind: "on-node", key, value: undefined } as const;
  if (object === undefined) return { ok: true, vertex: gone };
  if (kind === "pod") {
    const pod = narrow(podShape, object);
    if (!pod.ok) return { ...pod, vertex: gone };
    const node = pod.value.spec?.nodeName ?? "";
    if (node === "") return { ok: true, vertex: gone };
    const references = podReferences(pod.value, resource.namespace);
    return { ok: true, vertex: { kind: "on-node", key, value: { resource, node, references } } };
  }
  const narrowed = narrow(onNodeShape, object);
  if (!narrowed.ok) return { ...narrowed, vertex: gone };
  const node = narrowed.value.spec?.nodeName ?? "";
  if (node === "") return { ok: true, vertex: gone };
  return { ok: true, vertex: { kind: "on-node", key, value: { resource, node, references: [] } } };
}

function readVolume<S>(
  key: string,
  resource: ResourceReference<S>,
  object: KubernetesObject | undefined,
): VertexResult<S> {
  const gone = { kind: "volume", key, value: undefined } as const;
  if (object === undefined) return { ok: true, vertex: gone };
  const narrowed = narrow(persistentVolumeShape, object);
  if (!narrowed.ok) return { ...narrowed, vertex: gone };
  const claimRef = narrowed.value.spec?.claimRef;
  if (claimRef == null) return { ok: true, vertex: gone };
  const claim = vertexKey("persistentvolumeclaim", claimRef.namespace ?? "", claimRef.name ?? "");
  return {
    ok: true,
    vertex: { kind: "volume", key, value: { resource, claim, secrets: volumeSecrets(narrowed.value) } },
  };
}
