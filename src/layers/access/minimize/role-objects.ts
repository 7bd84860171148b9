// Planned roles as objects to apply. A binding has its role's name, and only one kind of role can have it there, so that
// a later proposal never asks to change a roleRef, which the API server forbids.

import type { KubernetesObject } from "../../../kubernetes/object.ts";
import { RBAC_API_VERSION, RBAC_GROUP } from "../../../kubernetes/rbac.ts";
import { serviceAccountOf } from "../identity.ts";
import type { PolicyRule } from "../policy-rule.ts";
import type { PlannedRole } from "./role-plan.ts";

/** The subject of a binding that means this user. */
export function subjectObject(user: string): object {
  const account = serviceAccountOf(user);
  return account === undefined
    ? { kind: "User", apiGroup: RBAC_GROUP, name: user }
    : { kind: "ServiceAccount", name: account.name, namespace: account.namespace };
}

/** Each role and then its bindings. */
export function* roleObjects(roles: readonly PlannedRole[], user: string): Generator<KubernetesObject> {
  for (const { kind, name, rules, namespaces } of roles) {
    const place = kind === "Role" ? { namespace: namespaces[0] ?? "" } : {};
    yield { apiVersion: RBAC_API_VERSION, kind, metadata: { name, ...place }, rules: rules.map(ruleObject) };
    for (const namespace of namespaces) {
      yield {
        apiVersion: RBAC_API_VERSION,
        kind: namespace === "" ? "ClusterRoleBinding" : "RoleBinding",
        metadata: { name, ...(namespace === "" ? {} : { namespace }) },
        roleRef: { apiGroup: RBAC_GROUP, kind, name },
        subjects: [subjectObject(user)],
      };
    }
  }
}

/** A rule without its empty lists, in the order people write them. */
function ruleObject({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): object {
  const lists = { apiGroups, resources, resourceNames, nonResourceURLs, verbs };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

/**
 * A name for what is proposed for a user: `minimal:shop:cart`, `minimal:user:alice`. What a name cannot hold, it being
 * one segment of a path, is replaced, and a hash keeps `a/b` and `a-b` apart.
 */
export function proposalName(user: string): string {
  const account = serviceAccountOf(user);
  if (account !== undefined) return `minimal:${account.namespace}:${account.name}`;
  const plain = user.replaceAll(/[/%\s\p{C}]/gu, "-");
  return plain === user ? `minimal:user:${user}` : `minimal:user:${plain}:${hashOf(user)}`;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
