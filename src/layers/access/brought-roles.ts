// Roles that every API server brings and manifests only refer to, such as `view`: taken as the version has them, where
// the input does not have them itself.

import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { RBAC_GROUP } from "../../kubernetes/rbac.ts";
import { groupOf } from "../../kubernetes/object.ts";
import { defaultRoles } from "./bootstrap.ts";

/**
 * The default roles that bindings among the objects refer to and the objects do not hold, with the roles that those
 * aggregate. Objects of a server are complete: for them, nothing is brought.
 */
export function broughtRoles(objects: Iterable<KubernetesObject>, minor: KubernetesMinor): readonly KubernetesObject[] {
  const held = new Set<string>();
  const referred = new Set<string>();
  for (const object of objects) {
    if (groupOf(object.apiVersion) !== RBAC_GROUP) continue;
    const { kind, metadata } = object;
    if (kind === "ClusterRole" || kind === "Role") held.add(keyOf(kind, metadata?.namespace, metadata?.name));
    else {
      const key = referredBy(object);
      if (key !== undefined) referred.add(key);
    }
  }
  if ([...referred].every((key) => held.has(key))) return [];
  const defaults = [...defaultRoles(minor)];
  // Aggregated roles name the roles they gather by label: `admin` needs `edit`, and that `view`.
  const isAggregated = AGGREGATED.some((name) => referred.has(keyOf("ClusterRole", "", name)));
  return defaults.filter(({ kind, metadata }) => {
    const key = keyOf(kind, metadata?.namespace, metadata?.name);
    const labels = Object.keys(metadata?.labels ?? {});
    const isPart = isAggregated && labels.some((label) => label.startsWith(AGGREGATE_TO));
    return !held.has(key) && (referred.has(key) || isPart);
  });
}

const AGGREGATED = ["admin", "edit", "view"];
const AGGREGATE_TO = "rbac.authorization.k8s.io/aggregate-to-";

function keyOf(kind: string, namespace: string | null | undefined, name: string | null | undefined): string {
  return `${kind}/${kind === "Role" ? (namespace ?? "") : ""}/${name ?? ""}`;
}

function referredBy(binding: KubernetesObject): string | undefined {
  const { roleRef } = binding as { readonly roleRef?: unknown }; // any object may have any field
  if (roleRef === null || typeof roleRef !== "object") return undefined;
  const { kind, name } = roleRef as { readonly kind?: unknown; readonly name?: unknown }; // as above
  if ((kind !== "ClusterRole" && kind !== "Role") || typeof name !== "string") return undefined;
  return keyOf(kind, binding.metadata?.namespace, name);
}
