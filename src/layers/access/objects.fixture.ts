// Small objects for tests: each has just the fields that matter.

import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { StoredPolicyRule, StoredSubject } from "../../kubernetes/rbac.ts";
import { createAccess, type Access, type AccessOptions } from "./access-engine.ts";

const V1 = "rbac.authorization.k8s.io/v1";

export function rule(verbs: readonly string[], resources: readonly string[], rest: StoredPolicyRule = {}) {
  return { verbs, apiGroups: [""], resources, ...rest };
}

export function clusterRole(
  name: string,
  rules: readonly StoredPolicyRule[] | null,
  rest: object = {},
): KubernetesObject {
  return { apiVersion: V1, kind: "ClusterRole", metadata: { name }, rules, ...rest };
}

export function role(namespace: string, name: string, rules: readonly StoredPolicyRule[]): KubernetesObject {
  return { apiVersion: V1, kind: "Role", metadata: { name, namespace }, rules };
}

type RoleName = `${"Role" | "ClusterRole"}/${string}`;

export function clusterRoleBinding(name: string, of: string, subjects: readonly StoredSubject[]): KubernetesObject {
  return {
    apiVersion: V1,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: roleRef(`ClusterRole/${of}`),
    subjects,
  };
}

export function roleBinding(
  namespace: string,
  name: string,
  of: RoleName,
  subjects: readonly StoredSubject[],
): KubernetesObject {
  return { apiVersion: V1, kind: "RoleBinding", metadata: { name, namespace }, roleRef: roleRef(of), subjects };
}

export const user = (name: string): StoredSubject => ({ kind: "User", name });
export const group = (name: string): StoredSubject => ({ kind: "Group", name });
export const account = (namespace: string, name: string): StoredSubject => ({
  kind: "ServiceAccount",
  name,
  namespace,
});

/** An engine over the objects; each object's source is its position. */
export function accessTo(objects: readonly KubernetesObject[], options: AccessOptions = {}): Access<number> {
  return createAccess(
    objects.map((object, source) => ({ object, source })),
    options,
  );
}

function roleRef(of: RoleName) {
  const slash = of.indexOf("/");
  return { apiGroup: "rbac.authorization.k8s.io", kind: of.slice(0, slash), name: of.slice(slash + 1) };
}
