// The template of rules about what the account of a workload may do in the whole cluster, by whatever way.

import type { Evidence } from "../../verdicts/evidence.ts";
import type { Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { accessViewOf, judgedResources, type AccessView } from "./access-view.ts";
import { authenticated, serviceAccountUser } from "./identity.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { RBAC_KINDS, type AccessRuleMetadata } from "./role-rule.ts";
import { rightText } from "./right-text.ts";
import { ACCESS_FACTS, type AccountUse } from "./rule-facts.ts";

export interface WorkloadRuleOptions extends AccessRuleMetadata {
  /** Whether a rule that the account has cluster-wide counts. */
  readonly isMeant: (rule: PolicyRule) => boolean;
}

/** Asked of every workload; workloads of kube-system that Kubernetes' own bindings serve are not exempt. */
export function workloadRule({ isMeant, ...metadata }: WorkloadRuleOptions): ClusterRule {
  return {
    since: "0.1.0",
    reads: [...RBAC_KINDS, "pod templates"],
    ...metadata,
    scope: "cluster",
    projections: [ACCESS_FACTS],
    subjects: (cluster) => judgedResources(cluster, "workloads"),
    *evaluate(cluster, { minor }) {
      const view = accessViewOf(cluster, minor);
      for (const { resource, accounts } of view.workloads) {
        for (const account of accounts) {
          const outcome = judgeAccount(view, resource.id.namespace, account, isMeant);
          if (outcome !== undefined) yield { resource, outcome };
        }
      }
    },
  };
}

function judgeAccount(
  { access }: AccessView,
  namespace: string,
  account: AccountUse,
  isMeant: WorkloadRuleOptions["isMeant"],
): Outcome | undefined {
  const { grants } = access.rulesOf(authenticated(serviceAccountUser(namespace, account.name)), "");
  // What everybody has by a group is said once, of the binding of the group.
  const grant = grants.find(({ subject, rule }) => subject.kind !== "Group" && isMeant(rule));
  if (grant === undefined) return undefined;
  const evidence: Evidence = account.isNamed
    ? { path: account.path, value: account.name }
    : { path: [...account.path, "serviceAccountName"], absent: true, default: account.name };
  return {
    kind: "fail",
    key: account.name,
    arguments: {
      account: `${namespace}/${account.name}`,
      binding: `${grant.binding.kind} ${grant.binding.name}`,
      right: rightText(grant.rule),
    },
    evidence: [evidence],
  };
}
