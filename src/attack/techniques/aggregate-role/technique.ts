// A ClusterRole with the right label becomes part of an aggregated one, such as view. With `escalate` its rules are free, so
// everybody to whom the aggregated role is bound gets them.

import { matchSelector } from "../../../kubernetes/label-selector.ts";
import type { Holding } from "../../holding.ts";
import { CHANGE_CLUSTER_ROLES, CREATE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES } from "../../powers.ts";
import { roleRules } from "../../role-rules.ts";
import type { Technique } from "../../technique.ts";

export const aggregateRole: Technique = {
  id: "aggregate-role",
  attack: ["T1098.006"],
  source: "k/k pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go",
  powers: () => [CHANGE_CLUSTER_ROLES, CREATE_CLUSTER_ROLES, ESCALATE_CLUSTER_ROLES],
  *steps({ rights, access }) {
    for (const write of [CREATE_CLUSTER_ROLES, CHANGE_CLUSTER_ROLES])
      for (const { namespace, rights: both } of rights.joint([write, ESCALATE_CLUSTER_ROLES])) {
        const [writing, escalating] = both;
        if (writing === undefined || escalating === undefined) continue;
        // What creates names nothing; what changes has to be about one role.
        const isOne =
          escalating.name === "" ||
          (write === CHANGE_CLUSTER_ROLES && (writing.name === "" || writing.name === escalating.name));
        if (!isOne) continue;
        const role = escalating.name || writing.name;
        yield { needs: both.map(({ holding }) => holding), gives: LABELLED_ROLE, says: { namespace, role } };
      }
    for (const role of access.state.rbac.roles.values()) {
      const selectors = role.selectors ?? [];
      if (selectors.length === 0 || selectors.some((selector) => matchSelector(selector, {}) === "invalid")) continue;
      yield { needs: [LABELLED_ROLE], gives: roleRules(undefined, role.resource.name), isMeant: true };
    }
  },
};

/** A ClusterRole of any rules and labels. */
const LABELLED_ROLE: Holding = { kind: "means", of: "labelled-role", namespace: "", name: "" };
