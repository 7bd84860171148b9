// `escalate` lets its holder write rules they do not hold into a role. With update or patch of a role that is bound to an
// identity they have, that is every right in the binding's scope.

import { EVERYWHERE } from "../../holding.ts";
import { CHANGE_CLUSTER_ROLES, CHANGE_ROLES, ESCALATE_CLUSTER_ROLES, ESCALATE_ROLES } from "../../powers.ts";
import type { JointRight } from "../../joint-question.ts";
import { commonName, roleRules } from "../../role-rules.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const escalateRole: Technique = {
  id: "escalate-role",
  attack: ["T1098.006"],
  source: "k/k pkg/registry/rbac/clusterrole/policybased/storage.go Update; pkg/registry/rbac/escalation_check.go",
  powers: () => [CHANGE_CLUSTER_ROLES, CHANGE_ROLES, ESCALATE_CLUSTER_ROLES, ESCALATE_ROLES],
  *steps({ rights, access }) {
    const { roles } = access.state.rbac;
    const stepsOf = function* (joint: JointRight, scope: string | undefined): Generator<Step> {
      const name = commonName(joint.rights);
      if (name === undefined) return;
      const isNamedHere = name !== "" && scope !== EVERYWHERE;
      if (isNamedHere && roles.get(`${scope ?? ""}\u0000${name}`) === undefined) return;
      const needs = joint.rights.map(({ holding }) => holding);
      yield { needs, gives: roleRules(scope, name), says: { namespace: joint.namespace, role: name } };
    };
    for (const joint of rights.joint([CHANGE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES], [0, 1]))
      yield* stepsOf(joint, undefined);
    for (const joint of rights.joint([CHANGE_ROLES, ESCALATE_ROLES], [0, 1])) yield* stepsOf(joint, joint.namespace);
  },
};
