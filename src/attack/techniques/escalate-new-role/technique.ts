// `escalate` with create makes a role of any rules. It is worth something to somebody once it is bound: by `bind`, or by a
// binding that refers to a role that is not there.

import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { BIND_ROLES, CHANGE_CLUSTER_ROLES, CHANGE_ROLES, CREATE_ROLE_BINDINGS } from "../../powers.ts";
import { CREATE_CLUSTER_ROLES, CREATE_CLUSTER_ROLES_BY_NAME } from "../../powers.ts";
import { CREATE_ROLES, CREATE_ROLES_BY_NAME } from "../../powers.ts";
import { ESCALATE_CLUSTER_ROLES, ESCALATE_ROLES } from "../../powers.ts";
import { commonName, roleRules } from "../../role-rules.ts";
import type { AttackWorld } from "../../attack-world.ts";
import { namespaceRights } from "../../namespace-rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const escalateNewRole: Technique = {
  id: "escalate-new-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/role/policybased/storage.go Create; pkg/registry/rbac/escalation_check.go",
  powers: () => [
    BIND_ROLES,
    CHANGE_CLUSTER_ROLES,
    CHANGE_ROLES,
    CREATE_CLUSTER_ROLES,
    CREATE_CLUSTER_ROLES_BY_NAME,
    CREATE_ROLE_BINDINGS,
    CREATE_ROLES,
    CREATE_ROLES_BY_NAME,
    ESCALATE_CLUSTER_ROLES,
    ESCALATE_ROLES,
  ],
  *steps(world) {
    const { rights, namespaces } = world;
    // A POST names nothing, so `escalate` on named roles does not help there.
    for (const { namespace, rights: both } of rights.joint([CREATE_ROLES, ESCALATE_ROLES]))
      if (both[1]?.name === "") yield stepOf(both, namespace);
    for (const { namespace, rights: both } of rights.joint([CREATE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES]))
      if (both[1]?.name === "") yield stepOf(both, "", namespace);
    yield* byName(world);
    for (const { name } of namespaces) yield { needs: [newRole(EVERYWHERE)], gives: newRole(name), isMeant: true };
    yield* bound(world);
    yield* dangling(world);
  },
};

/** Server-side apply and PUT create what is not there, with its name: then `escalate` on that name counts. */
function* byName({ rights, access, isComplete }: AttackWorld): Generator<Step> {
  if (!isComplete) return; // a role that is there is changed, not created
  const { roles } = access.state.rbac;
  for (const [powers, isCluster] of [
    [[CREATE_ROLES_BY_NAME, CHANGE_ROLES, ESCALATE_ROLES], false],
    [[CREATE_CLUSTER_ROLES_BY_NAME, CHANGE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES], true],
  ] as const)
    for (const { namespace, rights: all } of rights.joint(powers, [0, 1, 2])) {
      const name = commonName(all);
      const scope = isCluster ? undefined : namespace;
      if (name === undefined || name === "" || roles.get(`${scope ?? ""}\u0000${name}`) !== undefined) continue;
      const needs = all.map(({ holding }) => holding);
      yield { needs, gives: roleRules(scope, name), says: { namespace, role: name } };
    }
}

function stepOf(rights: readonly { readonly holding: Holding }[], scope: string, namespace = scope): Step {
  return { needs: rights.map(({ holding }) => holding), gives: newRole(scope), says: { namespace } };
}

/** A role of any rules: a ClusterRole where the namespace is empty. */
function newRole(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "new-role", namespace, name: "" };
}

/** Who binds every Role of a namespace binds the new one. Who binds every ClusterRole needs no new one. */
function* bound({ rights, access, isComplete }: AttackWorld): Generator<Step> {
  for (const { namespace, rights: both } of rights.joint([CREATE_ROLE_BINDINGS, BIND_ROLES])) {
    const name = both[1]?.name ?? "";
    const isFree = isComplete && access.state.rbac.roles.get(`${namespace}\u0000${name}`) === undefined;
    if (name !== "" && !isFree) continue;
    const needs = [newRole(namespace), ...both.map(({ holding }) => holding)];
    yield { needs, gives: namespaceRights(namespace), says: { namespace } };
  }
}

/** Roles that bindings refer to and that are not there are given to their subjects beforehand. */
function* dangling({ rights, isComplete }: AttackWorld): Generator<Step> {
  if (!isComplete) return; // the role may only not be among the files
  for (const { role, binding, namespace } of rights.bound) {
    const { kind, name } = binding.roleRef;
    if (role !== undefined || (kind !== "ClusterRole" && (kind !== "Role" || namespace === EVERYWHERE))) continue;
    const scope = kind === "Role" ? namespace : undefined;
    yield { needs: [newRole(scope ?? "")], gives: roleRules(scope, name), isMeant: true };
  }
}
