// Powers that more than one technique makes use of.

import { RBAC_GROUP } from "../kubernetes/rbac.ts";
import { clusterScoped, named, unnamed, type Power } from "./power.ts";

export const CREATE_PODS = unnamed(["create"], "", "pods");
export const READ_SECRETS = named(["get", "list", "watch"], "", "secrets");
export const CREATE_SECRETS = unnamed(["create"], "", "secrets");
export const CREATE_TOKENS = named(["create"], "", "serviceaccounts/token");

export const CREATE_ROLE_BINDINGS = unnamed(["create"], RBAC_GROUP, "rolebindings");
export const CREATE_CLUSTER_ROLE_BINDINGS = clusterScoped(unnamed(["create"], RBAC_GROUP, "clusterrolebindings"));
export const BIND_ROLES = named(["bind"], RBAC_GROUP, "roles");
/** In a namespace it binds ClusterRoles there; only cluster-wide does it bind them everywhere. */
export const BIND_CLUSTER_ROLES = named(["bind"], RBAC_GROUP, "clusterroles");

export const CHANGE_ROLE_BINDINGS = named(["update", "patch"], RBAC_GROUP, "rolebindings");
export const CHANGE_CLUSTER_ROLE_BINDINGS = clusterScoped(
  named(["update", "patch"], RBAC_GROUP, "clusterrolebindings"),
);

export const CREATE_ROLES = unnamed(["create"], RBAC_GROUP, "roles");
export const CREATE_CLUSTER_ROLES = clusterScoped(unnamed(["create"], RBAC_GROUP, "clusterroles"));
export const CHANGE_ROLES = named(["update", "patch"], RBAC_GROUP, "roles");
export const CHANGE_CLUSTER_ROLES = clusterScoped(named(["update", "patch"], RBAC_GROUP, "clusterroles"));
export const ESCALATE_ROLES = named(["escalate"], RBAC_GROUP, "roles");
export const ESCALATE_CLUSTER_ROLES = clusterScoped(named(["escalate"], RBAC_GROUP, "clusterroles"));

export const IMPERSONATE_USERS = clusterScoped(named(["impersonate"], "", "users"));
export const IMPERSONATE_GROUPS = clusterScoped(named(["impersonate"], "", "groups"));
export const IMPERSONATE_ACCOUNTS = named(["impersonate"], "", "serviceaccounts");

export const CREATE_ROLE_BINDINGS_BY_NAME = byName(CREATE_ROLE_BINDINGS);
export const CREATE_CLUSTER_ROLE_BINDINGS_BY_NAME = byName(CREATE_CLUSTER_ROLE_BINDINGS);
export const CREATE_ROLES_BY_NAME = byName(CREATE_ROLES);
export const CREATE_CLUSTER_ROLES_BY_NAME = byName(CREATE_CLUSTER_ROLES);

/** Roles that their holder can bind hold rights of their own. */
export const BINDS = [
  { power: BIND_ROLES, kind: "Role", changes: [CHANGE_ROLE_BINDINGS] },
  { power: BIND_CLUSTER_ROLES, kind: "ClusterRole", changes: [CHANGE_ROLE_BINDINGS, CHANGE_CLUSTER_ROLE_BINDINGS] },
] as const;

/** As server-side apply asks for it, and PUT where an object is not there: with the name (see creation.ts). */
function byName(create: Power): Power {
  return { ...create, id: `${create.id} by name`, isNamed: true };
}
