// Everything RBAC decides from: roles and bindings, immutable, kept so that one changed object changes little.

import { groupOf } from "../../kubernetes/object.ts";
import { RBAC_GROUP } from "../../kubernetes/rbac.ts";
import { aggregateRoles, type AggregatedRoles } from "./aggregation.ts";
import type { BindingScope } from "./binding-scope.ts";
import type { AccessDiagnostic } from "./diagnostic.ts";
import { createLayeredMap, type LayeredMap } from "./layered-map.ts";
import type { RoleRecord } from "./rbac-record.ts";

export interface RbacState<S> {
  /** As read: keyed by namespace (empty for ClusterRoles) and name. */
  readonly roles: LayeredMap<RoleRecord<S>>;
  /** By namespace; empty for ClusterRoleBindings. */
  readonly scopes: LayeredMap<BindingScope<S>>;
  /** What was wrong with an object as read, keyed like the object. */
  readonly problems: LayeredMap<readonly AccessDiagnostic<S>[]>;
  readonly aggregated: () => AggregatedRoles<S>;
  /** The role as it authorizes: stored rules, or those aggregated from files. */
  readonly roleAt: (key: string) => RoleRecord<S> | undefined;
  /** How many objects without a name were read. */
  readonly unnamed: number;
}

export type RbacKind = "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding";

const KINDS: ReadonlySet<string> = new Set<RbacKind>(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]);

/** Whether RBAC reads objects of this type. */
export function isRbacObject(apiVersion: string, kind: string): boolean {
  return KINDS.has(kind) && groupOf(apiVersion) === RBAC_GROUP;
}

export function emptyRbacState<S>(): RbacState<S> {
  return createRbacState<S>({
    roles: createLayeredMap(new Map()),
    scopes: createLayeredMap(new Map()),
    problems: createLayeredMap(new Map()),
    unnamed: 0,
  });
}

/** A state of the given parts; aggregation is taken over from an earlier state when no ClusterRole changed. */
export function createRbacState<S>(
  parts: Pick<RbacState<S>, "roles" | "scopes" | "problems" | "unnamed">,
  aggregatedBefore?: () => AggregatedRoles<S>,
): RbacState<S> {
  let computed: AggregatedRoles<S> | undefined;
  const aggregated = aggregatedBefore ?? (() => (computed ??= aggregateRoles([...clusterRolesOf(parts.roles)])));
  return {
    ...parts,
    aggregated,
    roleAt: (key) => {
      const role = parts.roles.get(key);
      if (role?.selectors === undefined) return role;
      return aggregated().byName.get(role.resource.name) ?? role;
    },
  };
}

/** The ClusterRoles as read. */
export function* clusterRolesOf<S>(roles: LayeredMap<RoleRecord<S>>): Generator<RoleRecord<S>> {
  for (const role of roles.values()) if (role.resource.kind === "ClusterRole") yield role;
}
