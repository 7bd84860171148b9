// What cluster rules keep of each object while a run streams: facts instead of the object, and text only where a finding
// may have to be located.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Locator, Provenance, Resource } from "../cluster/resource.ts";
import type { KubernetesObject, ObjectMeta } from "../kubernetes/object.ts";
import type { ShapeProblem } from "../kubernetes/shape.ts";
import { interned, internedValues } from "../verdicts/interned.ts";
import type { Projected, Projection } from "../verdicts/projection.ts";
import type { ClusterRule } from "../verdicts/rule.ts";

export interface Keeper {
  /** Takes the facts; returns the fields that could not be read. */
  readonly add: (resource: Resource) => readonly ShapeProblem[];
  readonly kept: Map<Projection<unknown>, readonly Projected<unknown>[]>;
}

const NO_PROBLEMS: readonly ShapeProblem[] = [];

/** Memory grows with the facts, one small object per resource, and the texts of those that can be judged. */
export function createKeeper(rules: readonly ClusterRule[]): Keeper {
  const lists = new Map<Projection<unknown>, Projected<unknown>[]>();
  for (const projection of rules.flatMap((rule) => rule.projections ?? [])) lists.set(projection, []);
  return {
    kept: lists,
    add: (resource) => {
      let judged: Resource | undefined;
      let unjudged: Resource | undefined;
      let problems = NO_PROBLEMS;
      const lean = lists.size === 0 ? resource : leanOf(resource);
      for (const [projection, list] of lists) {
        const extraction = projection.extract(resource);
        if (extraction === undefined) continue;
        const { facts, isJudged } = extraction;
        if (isJudged) list.push({ facts, resource: (judged ??= { ...lean, object: outlineOf(lean) }) });
        else list.push({ facts, resource: (unjudged ??= withoutText(lean)) });
        if (extraction.problems !== undefined) problems = [...problems, ...extraction.problems];
      }
      return problems;
    },
  };
}

function leanOf({ id, object, provenance, locate }: Resource): Resource {
  return { id: internedId(id), object, provenance: leanProvenance(provenance), locate };
}

function internedId({ apiVersion, group, kind, namespace, name }: ResourceId): ResourceId {
  return {
    apiVersion: interned(apiVersion),
    group: interned(group),
    kind: interned(kind),
    namespace: interned(namespace),
    name, // its own copy already, and seldom met again
  };
}

/** The resource with type and metadata only; it can no longer be located in its text. */
export function withoutText(resource: Resource): Resource {
  const { id, provenance } = resource;
  return { id, object: outlineOf(resource), provenance: leanProvenance(provenance), locate: nowhere };
}

/** managedFields are half of what a server says of an object, and lead nowhere without its fields. */
function leanProvenance(provenance: Provenance): Provenance {
  if (provenance.kind !== "server" || provenance.managedFields === undefined) return provenance;
  const { managedFields: _, ...lean } = provenance;
  return lean;
}

const nowhere: Locator = () => undefined;

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

function outlineOf({ id, object: { apiVersion, kind, metadata } }: Pick<Resource, "id" | "object">): KubernetesObject {
  const type = { apiVersion: interned(apiVersion), kind: interned(kind) };
  return metadata == null ? type : { ...type, metadata: leanMetadata(metadata, id) };
}

/** Without the copies of the object that metadata can hold. */
function leanMetadata(metadata: ObjectMeta, id: ResourceId): ObjectMeta {
  const { labels, annotations, name, namespace } = metadata;
  const { managedFields, ...rest } = metadata;
  return {
    ...(managedFields == null ? metadata : rest),
    ...(name != null && { name: name === id.name ? id.name : interned(name) }),
    ...(namespace != null && { namespace: interned(namespace) }),
    ...(labels != null && { labels: internedValues(labels) }),
    ...(annotations != null && { annotations: leanAnnotations(annotations) }),
  };
}

function leanAnnotations(annotations: NonNullable<ObjectMeta["annotations"]>): NonNullable<ObjectMeta["annotations"]> {
  if (!Object.hasOwn(annotations, LAST_APPLIED)) return annotations;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  return others;
}
