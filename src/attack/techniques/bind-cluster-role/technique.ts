// `bind` lets its holder bind roles it does not hold. With create on clusterrolebindings that is every right everywhere,
// with create on rolebindings every right in a namespace, or those of the roles it names.

import { freeScopes, namedCreations } from "../../creation.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "../../holding.ts";
import { BIND_CLUSTER_ROLES, BIND_ROLES, CHANGE_CLUSTER_ROLE_BINDINGS, CHANGE_ROLE_BINDINGS } from "../../powers.ts";
import { CREATE_CLUSTER_ROLE_BINDINGS, CREATE_CLUSTER_ROLE_BINDINGS_BY_NAME } from "../../powers.ts";
import { CREATE_ROLE_BINDINGS, CREATE_ROLE_BINDINGS_BY_NAME } from "../../powers.ts";
import type { Right } from "../../right.ts";
import { isBindingThere } from "../../bindable-roles.ts";
import { namespaceRights } from "../../namespace-rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const bindClusterRole: Technique = {
  id: "bind-cluster-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/clusterrolebinding/policybased/storage.go; pkg/registry/rbac/escalation_check.go",
  powers: () => [
    BIND_CLUSTER_ROLES,
    BIND_ROLES,
    CHANGE_CLUSTER_ROLE_BINDINGS,
    CHANGE_ROLE_BINDINGS,
    CREATE_CLUSTER_ROLE_BINDINGS,
    CREATE_CLUSTER_ROLE_BINDINGS_BY_NAME,
    CREATE_ROLE_BINDINGS,
    CREATE_ROLE_BINDINGS_BY_NAME,
  ],
  *steps(world) {
    const { rights, access } = world;
    const { scopes } = access.state.rbac;
    for (const { namespace, rights: both } of rights.joint([CREATE_CLUSTER_ROLE_BINDINGS, BIND_CLUSTER_ROLES]))
      if (namespace === EVERYWHERE) yield everywhere(holdingsOf(both), both[1]?.name ?? "");
    for (const { namespace, rights: both } of rights.joint([CREATE_ROLE_BINDINGS, BIND_CLUSTER_ROLES]))
      yield inNamespace(holdingsOf(both), namespace, both[1]?.name ?? "");
    // A binding that is there already cannot be made to refer to another role.
    for (const { namespace, name, needs, others } of namedCreations(rights, BY_NAME_EVERYWHERE))
      if (namespace === EVERYWHERE && !isBindingThere(scopes, "", name)) yield everywhere(needs, others[0]?.name ?? "");
    for (const { namespace, name, needs, others } of namedCreations(rights, BY_NAME))
      for (const free of freeScopes(world, namespace, (one) => isBindingThere(scopes, one, name)))
        yield inNamespace(needs, free, others[0]?.name ?? "");
  },
};

const BY_NAME_EVERYWHERE = {
  createByName: CREATE_CLUSTER_ROLE_BINDINGS_BY_NAME,
  change: CHANGE_CLUSTER_ROLE_BINDINGS,
  others: [BIND_CLUSTER_ROLES],
};
const BY_NAME = {
  createByName: CREATE_ROLE_BINDINGS_BY_NAME,
  change: CHANGE_ROLE_BINDINGS,
  others: [BIND_CLUSTER_ROLES],
};

function holdingsOf(rights: readonly Right[]): readonly Holding[] {
  return rights.map(({ holding }) => holding);
}

/** Binding any role is binding cluster-admin. */
function everywhere(needs: readonly Holding[], role: string): Step {
  const gives: Holding = role === "" ? { kind: "cluster-admin" } : { kind: "role", role, namespace: EVERYWHERE };
  return { needs, gives, says: { namespace: EVERYWHERE, role } };
}

function inNamespace(needs: readonly Holding[], namespace: NamespaceScope, role: string): Step {
  const gives: Holding = role === "" ? namespaceRights(namespace) : { kind: "role", role, namespace };
  return { needs, gives, says: { namespace, role } };
}
