// APIGroupDiscoveryList (apidiscovery.k8s.io v2 and v2beta1, k8s.io/api/apidiscovery): all of a server's resources in
// one document. The two versions differ in name only.

import { array, narrow, object, string } from "../../kubernetes/shape.ts";
import type { ServedResource, UnknownGroupVersion } from "./served-resource.ts";

const listShape = object({
  items: array(
    object({
      metadata: object({ name: string }),
      versions: array(
        object({
          version: string,
          freshness: string,
          resources: array(
            object({
              resource: string,
              responseKind: object({ kind: string }),
              scope: string,
              verbs: array(string),
            }),
          ),
        }),
      ),
    }),
  ),
});

export interface AggregatedDiscovery {
  /** The order of versions is the server's preference. */
  readonly resources: readonly ServedResource[];
  readonly unknown: readonly UnknownGroupVersion[];
}

/** `undefined` when it is no such document. */
export function readAggregated(value: unknown): AggregatedDiscovery | undefined {
  const list = narrow(listShape, value);
  if (!list.ok) return undefined;
  const resources: ServedResource[] = [];
  const unknown: UnknownGroupVersion[] = [];
  for (const item of list.value.items ?? []) {
    const group = item?.metadata?.name ?? "";
    for (const version of item?.versions ?? []) {
      const name = version?.version ?? "";
      const served = version?.resources ?? [];
      if (served.length === 0 && version?.freshness === "Stale") unknown.push(staleVersion(group, name));
      for (const resource of served) {
        if (resource === null) continue;
        resources.push({
          group,
          version: name,
          resource: resource.resource ?? "",
          kind: resource.responseKind?.kind ?? "",
          isNamespaced: resource.scope === "Namespaced",
          isListable: resource.verbs?.includes("list") === true,
        });
      }
    }
  }
  return { resources, unknown };
}

function staleVersion(group: string, version: string): UnknownGroupVersion {
  const groupVersion = `${group}/${version}`;
  const words = "the server behind it does not answer";
  return { groupVersion, failure: { code: "group-unavailable", arguments: { groupVersion, words } } };
}
