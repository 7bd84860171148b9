// Powers that more than one technique makes use of.

import { RBAC_GROUP } from "../kubernetes/rbac.ts";
import { clusterScoped, named, unnamed } from "./power.ts";

export const CREATE_PODS = unnamed(["create"], "", "pods");
export const READ_SECRETS = named(["get", "list", "watch"], "", "secrets");
export const CREATE_SECRETS = unnamed(["create"], "", "secrets");
export const CREATE_TOKENS = named(["create"], "", "serviceaccounts/token");
export const CREATE_ACCOUNTS = unnamed(["create"], "", "serviceaccounts");

export const CREATE_ROLE_BINDINGS = unnamed(["create"], RBAC_GROUP, "rolebindings");
export const CREATE_CLUSTER_ROLE_BINDINGS = clusterScoped(unnamed(["create"], RBAC_GROUP, "clusterrolebindings"));
export const BIND_ROLES = named(["bind"], RBAC_GROUP, "roles");
/** In a namespace it binds ClusterRoles there; only cluster-wide does it bind them everywhere. */
export const BIND_CLUSTER_ROLES = named(["bind"], RBAC_GROUP, "clusterroles");

/** Roles that their holder can bind by name hold rights of their own. */
export const BINDS = [
  { power: BIND_ROLES, kind: "Role" },
  { power: BIND_CLUSTER_ROLES, kind: "ClusterRole" },
] as const;
