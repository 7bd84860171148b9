// The template of rules about PodDisruptionBudgets whose minAvailable leaves nothing to evict
// (k8s.io/kubernetes/pkg/controller/disruption/disruption.go).

import { NOT_APPLICABLE, PASS, type Outcome } from "../../verdicts/outcome.ts";
import type { ClusterRule } from "../../verdicts/rule.ts";
import { mustStay, percentOf, podsUnder } from "./references/disruption.ts";
import type { DetailedEntry, Relations } from "./references/relations.ts";
import { scaleOf } from "./references/scale.ts";
import { relationRule, type Judgement, type RelationRuleMetadata } from "./relation-rule.ts";

export interface MinimumAvailableRuleOptions extends RelationRuleMetadata {
  /** Whether it is about workloads that an autoscaler scales, or about the others. */
  readonly isAutoscaled: boolean;
}

/** Fails where as many pods must stay as there are at least. 100 % is disruption-budget-forbids-eviction's finding. */
export function minimumAvailableRule({ isAutoscaled, ...metadata }: MinimumAvailableRuleOptions): ClusterRule {
  return relationRule({
    ...metadata,
    *judge(relations): Iterable<Judgement> {
      for (const budget of relations.ofRole("disruption-budget")) {
        yield { resource: budget.resource, outcomes: judge(budget, relations, isAutoscaled) };
      }
    },
  });
}

function judge(
  budget: DetailedEntry<"disruption-budget">,
  relations: Relations,
  isAutoscaled: boolean,
): readonly Outcome[] {
  const { minAvailable } = budget.detail;
  if (minAvailable === undefined || (percentOf(minAvailable) ?? 0) >= 100) return NOT_APPLICABLE;
  const scale = scaleOf(relations, podsUnder(relations, budget));
  if (scale === undefined || scale.isAutoscaled !== isAutoscaled || scale.pods === 0) return NOT_APPLICABLE;
  if ((mustStay(minAvailable, scale.pods) ?? 0) < scale.pods) return PASS;
  const evidence = [{ path: ["spec", "minAvailable"], value: minAvailable }];
  const name = `${minAvailable} / ${scale.pods}`;
  return [{ kind: "fail", key: "", arguments: { name, minimum: minAvailable, pods: scale.pods }, evidence }];
}
