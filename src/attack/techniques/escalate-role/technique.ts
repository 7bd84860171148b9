// `escalate` lets its holder write rules they do not hold into a role. With update or patch of a role that is bound to an
// identity they have, that is every right in the binding's scope.

import type { Holding } from "../../holding.ts";
import { CHANGE_CLUSTER_ROLES, CHANGE_ROLES, ESCALATE_CLUSTER_ROLES, ESCALATE_ROLES } from "../../powers.ts";
import type { JointRight } from "../../rights.ts";
import { roleRules } from "../../role-rules.ts";
import type { Technique } from "../../technique.ts";

export const escalateRole: Technique = {
  id: "escalate-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/clusterrole/policybased/storage.go Update; pkg/registry/rbac/escalation_check.go",
  powers: () => [CHANGE_CLUSTER_ROLES, CHANGE_ROLES, ESCALATE_CLUSTER_ROLES, ESCALATE_ROLES],
  *steps(world) {
    const { rights } = world;
    for (const joint of rights.joint([CHANGE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES])) yield* stepOf(joint, undefined);
    for (const joint of rights.joint([CHANGE_ROLES, ESCALATE_ROLES])) yield* stepOf(joint, joint.namespace);
  },
};

/** Both rights have to be about one role. */
function* stepOf({ namespace, rights }: JointRight, scope: string | undefined) {
  const names = new Set(rights.flatMap(({ name }) => (name === "" ? [] : [name])));
  if (names.size > 1) return;
  const [name = ""] = names;
  const gives: Holding = roleRules(scope, name);
  yield { needs: rights.map(({ holding }) => holding), gives, says: { namespace, role: name } };
}
