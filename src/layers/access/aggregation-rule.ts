// The template of rules about ClusterRoles that gather the rules of others.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { accessViewOf, judgedResources, type RoleView } from "./access-view.ts";
import { grantedTo } from "./granted-to.ts";
import { RBAC_KINDS, type AccessRuleMetadata } from "./role-rule.ts";
import { ACCESS_FACTS } from "./rule-facts.ts";

export interface AggregationRuleOptions extends AccessRuleMetadata {
  readonly judge: (role: RoleView) => readonly Evidence[];
}

const KINDS: ReadonlySet<string> = new Set(["ClusterRole"]);

/** Asked of every ClusterRole with an aggregationRule that is not Kubernetes' own. */
export function aggregationRule({ judge, ...metadata }: AggregationRuleOptions): ClusterRule {
  return {
    since: "0.1.0",
    reads: RBAC_KINDS,
    ...metadata,
    scope: "cluster",
    projections: [ACCESS_FACTS],
    subjects: (cluster) => judgedResources(cluster, KINDS),
    *evaluate(cluster, { minor }) {
      for (const role of accessViewOf(cluster, minor).roles) {
        if (role.record.selectors === undefined || role.recognition.kind === "default") continue;
        const evidence = judge(role);
        if (evidence.length === 0) continue;
        yield {
          resource: role.resource,
          outcome: { kind: "fail", key: "", arguments: grantedTo(role.bindings), evidence },
        };
      }
    },
  };
}
