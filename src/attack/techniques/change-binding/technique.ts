// Whoever may change a binding and bind its role writes their own name into it. The role a binding refers to cannot be
// changed, so only roles that are bound already come into question.

import type { AttackWorld } from "../../attack-world.ts";
import { holdingKey, type Holding, type NamespaceScope } from "../../holding.ts";
import type { Power } from "../../power.ts";
import { BINDS, BIND_CLUSTER_ROLES, BIND_ROLES } from "../../powers.ts";
import { CHANGE_CLUSTER_ROLE_BINDINGS, CHANGE_ROLE_BINDINGS } from "../../powers.ts";
import { changesOf, rolesBoundIn, type BindPower } from "../../bindable-roles.ts";
import { roleHolding } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const changeBinding: Technique = {
  id: "change-binding",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/rolebinding/policybased/storage.go Update; pkg/apis/rbac/validation/validation.go",
  powers: () => [BIND_CLUSTER_ROLES, BIND_ROLES, CHANGE_CLUSTER_ROLE_BINDINGS, CHANGE_ROLE_BINDINGS],
  *steps(world) {
    for (const bind of BINDS) for (const change of bind.changes) yield* stepsOf(world, bind, change);
  },
};

/** Who may change and bind all of a scope is told once, with every role there. */
function* stepsOf(world: AttackWorld, { power, kind }: BindPower, change: Power): Generator<Step> {
  const { rbac } = world.access.state;
  const scopes = new Set<NamespaceScope>();
  const of = change.isClusterScoped === true ? "cluster-bindings" : "bindings";
  const all = (namespace: NamespaceScope): Holding => ({ kind: "means", of, namespace, name: kind });
  for (const { namespace, rights, changing, binding } of changesOf(world.rights.joint([change, power]), change)) {
    const needs = rights.map(({ holding }) => holding);
    if (changing.name === "" && binding.name === "") {
      scopes.add(namespace);
      yield { needs, gives: all(namespace), says: { namespace, binding: "", role: "" } };
      continue;
    }
    for (const { role, namespace: scope, binding: record } of rolesBoundIn(
      rbac,
      kind,
      change,
      namespace,
      changing.name,
    )) {
      const { roleRef, resource } = record;
      if (binding.name !== "" && binding.name !== roleRef.name) continue;
      const says = { namespace, binding: resource.name, role: roleRef.name };
      yield { needs, gives: roleHolding(role, scope), says };
    }
  }
  for (const namespace of scopes) {
    const seen = new Set<string>();
    for (const { role, namespace: scope } of rolesBoundIn(rbac, kind, change, namespace, "")) {
      const gives = roleHolding(role, scope);
      const key = holdingKey(gives);
      if (!seen.has(key)) yield { needs: [all(namespace)], gives, isMeant: true };
      seen.add(key);
    }
  }
}
