// Discovery before aggregation (k8s.io/apimachinery/pkg/apis/meta/v1 APIVersions, APIGroupList, APIResourceList).

import { array, boolean, narrow, object, string } from "../../kubernetes/shape.ts";
import { groupOf, versionOf } from "../../kubernetes/object.ts";
import type { ServedResource } from "./served-resource.ts";

const groupVersion = object({ groupVersion: string });
const groupsShape = object({
  /** Of /api. */
  versions: array(string),
  /** Of /apis. */
  groups: array(object({ preferredVersion: groupVersion, versions: array(groupVersion) })),
});
const resourcesShape = object({
  resources: array(object({ name: string, kind: string, namespaced: boolean, verbs: array(string) })),
});

/** Group versions such as `v1` and `apps/v1`; the preferred one of each group first. `undefined` when it is no such document. */
export function readLegacyGroups(value: unknown): readonly string[] | undefined {
  const answer = narrow(groupsShape, value);
  if (!answer.ok || (answer.value.versions == null && answer.value.groups == null)) return undefined;
  const core = (answer.value.versions ?? []).filter((version) => version !== null);
  const others = (answer.value.groups ?? []).flatMap((group) => {
    const preferred = group?.preferredVersion?.groupVersion ?? "";
    const all = (group?.versions ?? []).map((version) => version?.groupVersion ?? "");
    return [preferred, ...all.filter((version) => version !== preferred)].filter((version) => version !== "");
  });
  return [...core, ...others];
}

/** The resources of one group version, without subresources. `undefined` when it is no such document. */
export function readLegacyResources(value: unknown, of: string): readonly ServedResource[] | undefined {
  const answer = narrow(resourcesShape, value);
  if (!answer.ok || answer.value.resources === undefined) return undefined;
  return (answer.value.resources ?? []).flatMap((resource) => {
    const name = resource?.name ?? "";
    if (name === "" || name.includes("/")) return [];
    return [
      {
        group: groupOf(of),
        version: versionOf(of),
        resource: name,
        kind: resource?.kind ?? "",
        isNamespaced: resource?.namespaced === true,
        isListable: resource?.verbs?.includes("list") === true,
      },
    ];
  });
}
