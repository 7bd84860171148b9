// Whoever may change a binding and bind its role writes their own name into it. The role a binding refers to cannot be
// changed, so only roles that are bound already come into question.

import type { AttackWorld } from "../../attack-world.ts";
import { EVERYWHERE } from "../../holding.ts";
import type { Power } from "../../power.ts";
import { BINDS, BIND_CLUSTER_ROLES, BIND_ROLES } from "../../powers.ts";
import { CHANGE_CLUSTER_ROLE_BINDINGS, CHANGE_ROLE_BINDINGS } from "../../powers.ts";
import { bindingsIn, roleHolding, type BindPower, type JointRight } from "../../rights.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const changeBinding: Technique = {
  id: "change-binding",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/rolebinding/policybased/storage.go Update; pkg/apis/rbac/validation/validation.go",
  powers: () => [BIND_CLUSTER_ROLES, BIND_ROLES, CHANGE_CLUSTER_ROLE_BINDINGS, CHANGE_ROLE_BINDINGS],
  *steps(world) {
    for (const bind of BINDS)
      for (const change of bind.changes)
        for (const joint of world.rights.joint([change, bind.power])) yield* stepsOf(world, bind, change, joint);
  },
};

function* stepsOf({ access }: AttackWorld, { kind }: BindPower, change: Power, joint: JointRight): Generator<Step> {
  const { rbac } = access.state;
  const { namespace, rights } = joint;
  const [changing, binding] = rights;
  if (changing === undefined || binding === undefined || rights.some((right) => right.isOfEverything)) return;
  if (change.isClusterScoped === true && namespace !== EVERYWHERE) return;
  for (const { roleRef, roleKey, resource } of bindingsIn(rbac.scopes, change, namespace, changing.name)) {
    const role = roleKey === undefined || roleRef.kind !== kind ? undefined : rbac.roleAt(roleKey);
    if (role === undefined || (binding.name !== "" && binding.name !== roleRef.name)) continue;
    yield {
      needs: rights.map(({ holding }) => holding),
      gives: roleHolding(role, resource.namespace || EVERYWHERE), // empty: a ClusterRoleBinding
      says: { namespace, binding: resource.name, role: roleRef.name },
    };
  }
}
