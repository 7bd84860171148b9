// Roles that somebody could have bound to themselves, short of every ClusterRole: those rights name, and those of bindings
// that can be changed.

import type { Access } from "../layers/access/access-engine.ts";
import type { BindingRecord, RoleRecord } from "../layers/access/rbac-record.ts";
import type { Located } from "./fact.ts";
import { EVERYWHERE, type NamespaceScope } from "./holding.ts";
import type { JointRight } from "./joint-question.ts";
import type { Right } from "./right.ts";
import type { Power } from "./power.ts";

type Source = Located;

/** A power whose objects are roles that its holder can bind: those roles hold rights of their own. */
export interface BindPower {
  readonly power: Power;
  readonly kind: "Role" | "ClusterRole";
  /** Powers to change bindings there are: with them, roles that are bound already come into question. */
  readonly changes: readonly Power[];
}

export interface BindableRole {
  readonly role: RoleRecord<Source>;
  readonly namespace: NamespaceScope;
}

interface Known {
  readonly access: Access<Source>;
  readonly binds: readonly BindPower[];
  readonly of: (power: Power) => readonly Right[];
  readonly joint: (powers: readonly Power[]) => readonly JointRight[];
}

/** Until no further ones come by binding those: what the caller adds for a role is looked at in the next round. */
export function* bindableRoles({ access, binds, of, joint }: Known): Generator<BindableRole> {
  const seen = new Set<string>();
  for (let found = true; found;) {
    found = false;
    for (const bind of binds) {
      for (const candidate of [...namedRoles(access, bind, of), ...boundRoles(access, bind, joint)]) {
        const { resource } = candidate.role;
        const key = `${resource.kind}/${resource.namespace}/${resource.name}/${candidate.namespace}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found = true;
        yield candidate;
      }
    }
  }
}

/** By name; and Roles also where every Role of a namespace may be bound, because there is no role of all rights there. */
function* namedRoles(
  { state: { rbac } }: Access<Source>,
  { power, kind }: BindPower,
  of: Known["of"],
): Generator<BindableRole> {
  for (const { name, namespace, isOfEverything } of of(power)) {
    if (kind === "ClusterRole") {
      const role = name === "" ? undefined : rbac.roleAt(`\u0000${name}`);
      if (role !== undefined) yield { role, namespace };
      continue;
    }
    if (isOfEverything) continue;
    for (const role of rolesIn(rbac.roles, namespace, name)) yield { role, namespace: role.resource.namespace };
  }
}

/** Of the bindings that a holder of `bind` can write their own name into. */
function* boundRoles(
  { state: { rbac } }: Access<Source>,
  { power, kind, changes }: BindPower,
  joint: Known["joint"],
): Generator<BindableRole> {
  for (const change of changes) {
    for (const { namespace, changing, binding } of changesOf(joint([change, power]), change)) {
      for (const { role, namespace: scope, binding: record } of rolesBoundIn(
        rbac,
        kind,
        change,
        namespace,
        changing.name,
      ))
        if (binding.name === "" || binding.name === record.roleRef.name) yield { role, namespace: scope };
    }
  }
}

export interface BindingChange extends JointRight {
  /** To change bindings, and to bind their role. */
  readonly changing: Right;
  readonly binding: Right;
}

/** What lets its holder write themselves into bindings: rights to change them and to bind, together. */
export function* changesOf(joint: readonly JointRight[], change: Power): Generator<BindingChange> {
  for (const one of joint) {
    const { namespace, rights } = one;
    const [changing, binding] = rights;
    if (changing === undefined || binding === undefined || rights.some((right) => right.isOfEverything)) continue;
    if (change.isClusterScoped === true && namespace !== EVERYWHERE) continue;
    yield { ...one, changing, binding };
  }
}

export interface RoleOfBinding extends BindableRole {
  readonly binding: BindingRecord<Source>;
}

/** The roles of the kind that {@link bindingsIn} refer to and that are there. */
export function* rolesBoundIn(
  rbac: Access<Source>["state"]["rbac"],
  kind: BindPower["kind"],
  change: Power,
  namespace: NamespaceScope,
  name: string,
): Generator<RoleOfBinding> {
  for (const binding of bindingsIn(rbac.scopes, change, namespace, name)) {
    const { roleRef, roleKey, resource } = binding;
    const role = roleKey === undefined || roleRef.kind !== kind ? undefined : rbac.roleAt(roleKey);
    if (role !== undefined) yield { role, binding, namespace: resource.namespace || EVERYWHERE }; // empty: ClusterRoleBinding
  }
}

type Scopes = Access<Source>["state"]["rbac"]["scopes"];

/** The bindings that a power to change bindings is about; an empty name is all of the scope. */
function* bindingsIn(
  scopes: Scopes,
  { isClusterScoped }: Power,
  namespace: NamespaceScope,
  name: string,
): Generator<BindingRecord<Source>> {
  const wanted = isClusterScoped === true ? [scopes.get("")] : [scopes.get(namespace)];
  const isAll = isClusterScoped !== true && namespace === EVERYWHERE;
  for (const scope of isAll ? scopes.values() : wanted) {
    if (scope === undefined || (isAll && scope.namespace === "")) continue;
    for (const record of scope.bindings.values()) if (name === "" || record.resource.name === name) yield record;
  }
}

/** Whether there is a binding of that name in the namespace; none: among the ClusterRoleBindings. */
export function isBindingThere(scopes: Scopes, namespace: string, name: string): boolean {
  for (const { resource } of scopes.get(namespace)?.bindings.values() ?? []) if (resource.name === name) return true;
  return false;
}

type Roles = Access<Source>["state"]["rbac"]["roles"];
const rolesByNamespace = new WeakMap<Roles, ReadonlyMap<string, readonly RoleRecord<Source>[]>>();

/** The Roles of a scope; an empty name is all. Asked for every right to bind: grouped once. */
export function rolesIn(roles: Roles, namespace: NamespaceScope, name: string): readonly RoleRecord<Source>[] {
  let grouped = rolesByNamespace.get(roles);
  if (grouped === undefined) {
    const all = [...roles.values()].filter(({ resource }) => resource.kind === "Role");
    grouped = Map.groupBy(all, ({ resource }) => resource.namespace);
    rolesByNamespace.set(roles, grouped);
  }
  const scope = namespace === EVERYWHERE ? [...grouped.values()].flat() : (grouped.get(namespace) ?? []);
  return name === "" ? scope : scope.filter(({ resource }) => resource.name === name);
}
