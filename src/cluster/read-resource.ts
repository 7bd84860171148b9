// From an untrusted value to a resource: the type and metadata every object must have, narrowed once.

import { isClusterScoped } from "../kubernetes/cluster-scoped.ts";
import { groupOf, objectMeta, type KubernetesObject } from "../kubernetes/object.ts";
import { ownCopy } from "../kubernetes/own-copy.ts";
import { jsonTypeOf, narrow, type ShapeProblem } from "../kubernetes/shape.ts";
import type { ResourceId } from "./resource-id.ts";

export type ReadObject =
  | { readonly kind: "object"; readonly id: ResourceId; readonly object: KubernetesObject }
  | { readonly kind: "not-kubernetes" }
  | { readonly kind: "invalid"; readonly problems: readonly ShapeProblem[] };

/**
 * Reads one object. `not-kubernetes` when it has neither apiVersion nor kind; `invalid` when one is missing or the
 * metadata has fields of the wrong type.
 */
export function readObject(value: unknown, defaultNamespace: string): ReadObject {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return { kind: "not-kubernetes" };
  const { apiVersion, kind } = value as Record<string, unknown>; // any object has string keys
  if (apiVersion === undefined && kind === undefined) return { kind: "not-kubernetes" };
  const problems = [...typeProblem("apiVersion", apiVersion), ...typeProblem("kind", kind)];
  const metadata = narrow(objectMeta, (value as Record<string, unknown>)["metadata"], ["metadata"]);
  if (!metadata.ok) problems.push(...metadata.problems);
  if (problems.length > 0 || !metadata.ok) return { kind: "invalid", problems };
  const object = value as KubernetesObject; // apiVersion, kind and metadata were just checked
  const { name, generateName, namespace } = metadata.value;
  return {
    kind: "object",
    object,
    id: {
      apiVersion: object.apiVersion,
      group: groupOf(object.apiVersion),
      kind: object.kind,
      namespace: isClusterScoped(object.apiVersion, object.kind) ? "" : ownCopy(namespace || defaultNamespace),
      name: ownCopy(name || (generateName ? `${generateName}*` : "")),
    },
  };
}

function typeProblem(field: string, value: unknown): readonly ShapeProblem[] {
  if (typeof value === "string" && value !== "") return [];
  return [{ path: [field], expected: "string", found: value === "" ? "empty string" : jsonTypeOf(value) }];
}
