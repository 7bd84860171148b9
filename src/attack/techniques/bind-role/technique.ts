// `bind` on roles with create on rolebindings lets its holder take any Role of the namespace, or those it names.

import type { AttackWorld } from "../../attack-world.ts";
import { freeScopes, namedCreations } from "../../creation.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { BIND_ROLES, CHANGE_ROLE_BINDINGS, CREATE_ROLE_BINDINGS, CREATE_ROLE_BINDINGS_BY_NAME } from "../../powers.ts";
import { isBindingThere, rolesIn } from "../../bindable-roles.ts";
import { roleHolding } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const bindRole: Technique = {
  id: "bind-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/rolebinding/policybased/storage.go; pkg/registry/rbac/escalation_check.go",
  powers: () => [BIND_ROLES, CHANGE_ROLE_BINDINGS, CREATE_ROLE_BINDINGS, CREATE_ROLE_BINDINGS_BY_NAME],
  *steps(world) {
    const { rights, access } = world;
    const { scopes } = access.state.rbac;
    const all = new Set<NamespaceScope>();
    for (const { namespace, rights: both } of rights.joint([CREATE_ROLE_BINDINGS, BIND_ROLES])) {
      if (both.some(({ isOfEverything }) => isOfEverything)) continue;
      const needs = both.map(({ holding }) => holding);
      const name = both[1]?.name ?? "";
      if (name === "") {
        all.add(namespace);
        yield { needs, gives: everyRole(namespace), says: { namespace, role: "" } };
      } else yield* stepsOf(world, needs, namespace, name);
    }
    // A binding that is there already cannot be made to refer to another role.
    for (const { namespace, name, needs, others } of namedCreations(rights, BY_NAME))
      for (const free of freeScopes(world, namespace, (one) => isBindingThere(scopes, one, name))) {
        if (others[0] !== undefined && others[0].name !== "") yield* stepsOf(world, needs, free, others[0].name);
        else {
          all.add(free);
          yield { needs, gives: everyRole(free), says: { namespace: free, role: "" } };
        }
      }
    for (const namespace of all)
      for (const role of rolesIn(access.state.rbac.roles, namespace, ""))
        yield { needs: [everyRole(namespace)], gives: roleHolding(role, role.resource.namespace), isMeant: true };
  },
};

const BY_NAME = {
  createByName: CREATE_ROLE_BINDINGS_BY_NAME,
  change: CHANGE_ROLE_BINDINGS,
  others: [BIND_ROLES],
};

/** Every Role of the scope can be bound. */
function everyRole(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "every-role", namespace, name: "" };
}

function* stepsOf(
  { access }: AttackWorld,
  needs: readonly Holding[],
  namespace: NamespaceScope,
  name: string,
): Generator<Step> {
  const { roles } = access.state.rbac;
  for (const role of rolesIn(roles, namespace, name)) {
    const { resource } = role;
    yield { needs, gives: roleHolding(role, resource.namespace), says: { namespace, role: resource.name } };
  }
  // With `bind`, also one that is not there yet: it counts once it is.
  if (namespace === EVERYWHERE || roles.get(`${namespace}\u0000${name}`) !== undefined) return;
  yield { needs, gives: { kind: "role", role: `${namespace}/${name}`, namespace }, says: { namespace, role: name } };
}
