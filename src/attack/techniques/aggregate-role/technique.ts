// A ClusterRole with the right label becomes part of an aggregated one, such as view. With `escalate` its rules are free, so
// everybody to whom the aggregated role is bound gets them.

import { matchSelector } from "../../../kubernetes/label-selector.ts";
import type { Holding } from "../../holding.ts";
import { CHANGE_CLUSTER_ROLES, CREATE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES } from "../../powers.ts";
import { CREATE_CLUSTER_ROLES_BY_NAME } from "../../powers.ts";
import type { Right } from "../../right.ts";
import { commonName, roleRules } from "../../role-rules.ts";
import type { Step } from "../../step.ts";
import type { Technique } from "../../technique.ts";

export const aggregateRole: Technique = {
  id: "aggregate-role",
  attack: ["T1098.006"],
  source: "k/k pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go",
  powers: () => [CHANGE_CLUSTER_ROLES, CREATE_CLUSTER_ROLES, CREATE_CLUSTER_ROLES_BY_NAME, ESCALATE_CLUSTER_ROLES],
  *steps({ rights, access }) {
    const { roles } = access.state.rbac;
    for (const { namespace, rights: both } of rights.joint([CREATE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES]))
      if (both[1]?.name === "") yield stepOf(both, namespace, ""); // a POST names nothing
    for (const { namespace, rights: both } of rights.joint([CHANGE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES], [0, 1])) {
      const name = commonName(both);
      if (name === "" || (name !== undefined && roles.get(`\u0000${name}`) !== undefined))
        yield stepOf(both, namespace, name);
    }
    // What creates with a name, as server-side apply does, changes it as well.
    const byName = [CREATE_CLUSTER_ROLES_BY_NAME, CHANGE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES];
    for (const { namespace, rights: all } of rights.joint(byName, [0, 1, 2])) {
      const name = commonName(all);
      if (name !== undefined && name !== "") yield stepOf(all, namespace, name);
    }
    for (const role of roles.values()) {
      const selectors = role.selectors ?? [];
      if (selectors.length === 0 || selectors.some((selector) => matchSelector(selector, {}) === "invalid")) continue;
      yield { needs: [LABELLED_ROLE], gives: roleRules(undefined, role.resource.name), isMeant: true };
    }
  },
};

function stepOf(rights: readonly Right[], namespace: string, role: string): Step {
  return { needs: rights.map(({ holding }) => holding), gives: LABELLED_ROLE, says: { namespace, role } };
}

/** A ClusterRole of any rules and labels. */
const LABELLED_ROLE: Holding = { kind: "means", of: "labelled-role", namespace: "", name: "" };
