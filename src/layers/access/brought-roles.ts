// Roles that every API server brings and manifests only refer to, such as `view`: taken as the version has them, where
// the input does not have them itself.

import type { KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { RBAC_GROUP } from "../../kubernetes/rbac.ts";
import { groupOf } from "../../kubernetes/object.ts";
import { defaultRoles } from "./bootstrap.ts";

/**
 * The default ClusterRoles that bindings among the objects refer to and the objects do not hold, with the roles that
 * those aggregate. Objects of a server are complete: for them, nothing is brought.
 */
export function broughtRoles(objects: Iterable<KubernetesObject>, minor: KubernetesMinor): readonly KubernetesObject[] {
  const held = new Set<string>();
  const referred = new Set<string>();
  for (const object of objects) {
    if (groupOf(object.apiVersion) !== RBAC_GROUP) continue;
    if (object.kind === "ClusterRole") held.add(object.metadata?.name ?? "");
    else if (object.kind === "RoleBinding" || object.kind === "ClusterRoleBinding") {
      const name = clusterRoleName(object);
      if (name !== undefined) referred.add(name);
    }
  }
  const missing = [...referred].filter((name) => !held.has(name));
  if (missing.length === 0) return [];
  const defaults = [...defaultRoles(minor)].filter(({ kind }) => kind === "ClusterRole");
  const wanted = new Set(missing);
  // Aggregated roles name the roles they gather by label: `admin` needs `edit`, and that `view`.
  if (["admin", "edit", "view"].some((name) => wanted.has(name))) {
    for (const { metadata } of defaults) {
      const labels = Object.keys(metadata?.labels ?? {});
      if (labels.some((label) => label.startsWith("rbac.authorization.k8s.io/aggregate-to-")))
        wanted.add(metadata?.name ?? "");
    }
  }
  return defaults.filter(({ metadata }) => wanted.has(metadata?.name ?? "") && !held.has(metadata?.name ?? ""));
}

function clusterRoleName(binding: KubernetesObject): string | undefined {
  const { roleRef } = binding as { readonly roleRef?: unknown }; // any object may have any field
  if (roleRef === null || typeof roleRef !== "object") return undefined;
  const { kind, name } = roleRef as { readonly kind?: unknown; readonly name?: unknown }; // as above
  return kind === "ClusterRole" && typeof name === "string" ? name : undefined;
}
