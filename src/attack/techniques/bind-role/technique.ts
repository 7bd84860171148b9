// `bind` on roles with create on rolebindings lets its holder take any Role of the namespace, or those it names.

import { BIND_ROLES, CREATE_ROLE_BINDINGS } from "../../powers.ts";
import { roleHolding, rolesIn } from "../../rights.ts";
import type { Technique } from "../../technique.ts";

export const bindRole: Technique = {
  id: "bind-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/rolebinding/policybased/storage.go; pkg/registry/rbac/escalation_check.go",
  powers: () => [BIND_ROLES, CREATE_ROLE_BINDINGS],
  *steps({ rights, access }) {
    const { roles } = access.state.rbac;
    for (const { namespace, rights: both } of rights.joint([CREATE_ROLE_BINDINGS, BIND_ROLES])) {
      if (both.some(({ isOfEverything }) => isOfEverything)) continue;
      const needs = both.map(({ holding }) => holding);
      for (const role of rolesIn(roles, namespace, both[1]?.name ?? "")) {
        const { resource } = role;
        yield { needs, gives: roleHolding(role, resource.namespace), says: { namespace, role: resource.name } };
      }
    }
  },
};
