// Paths of nodes that pods reach by a claim: a PersistentVolume may be a hostPath or a local directory, which Pod Security does
// not see.

import type { Resource } from "../cluster/resource.ts";
import { valueAt } from "../kubernetes/path.ts";

/** The node's path behind a claim; `undefined` where it is no path of the node, or not known. */
export type ClaimedPath = (namespace: string, claim: string) => string | undefined;

/** Linear. The volume's `claimRef` counts, else the claim's `volumeName`. */
export function claimedPaths(resources: readonly Resource[]): ClaimedPath {
  const paths = new Map<string, string>();
  const claims = new Map<string, string>();
  for (const { id, object } of resources) {
    if (id.group !== "") continue;
    if (id.kind === "PersistentVolumeClaim") {
      const volume = valueAt(object, ["spec", "volumeName"]);
      if (typeof volume === "string" && volume !== "") claims.set(`${id.namespace}/${id.name}`, volume);
    } else if (id.kind === "PersistentVolume") {
      const path = valueAt(object, ["spec", "hostPath", "path"]) ?? valueAt(object, ["spec", "local", "path"]);
      if (typeof path !== "string") continue;
      paths.set(id.name, path);
      const { name, namespace } = (valueAt(object, ["spec", "claimRef"]) ?? {}) as Record<string, unknown>; // narrowed below
      if (typeof name === "string" && typeof namespace === "string") claims.set(`${namespace}/${name}`, id.name);
    }
  }
  return (namespace, claim) => {
    const volume = claims.get(`${namespace}/${claim}`);
    return volume === undefined ? undefined : paths.get(volume);
  };
}
