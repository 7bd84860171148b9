// PodDisruptionBudgets whose selector no pod of the namespace meets.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { podsUnder } from "../../references/disruption.ts";
import type { DetailedEntry, Relations } from "../../references/relations.ts";
import { textOf } from "../../references/selector-text.ts";
import { isSystemNamespace } from "../../references/well-known.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/disruption-budget-selects-nothing",
  severity: "low",
  since: "0.1.0",
  reads: ["PodDisruptionBudget", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/disruption/disruption.go"],
  *judge(relations): Iterable<Judgement> {
    for (const budget of relations.ofRole("disruption-budget")) {
      yield { resource: budget.resource, outcomes: judge(budget, relations) };
    }
  },
  text: {
    en: {
      title: "PodDisruptionBudget selects no pod of the input",
      message: "No pod or pod template of namespace {namespace} meets the selector {selector}",
      risk: "The pods it was to protect can all be evicted at once.",
      fix: "Make the selector match the labels of the pod template.",
    },
    "zh-CN": {
      title: "PodDisruptionBudget 未选中输入中的任何 Pod",
      message: "命名空间 {namespace} 中没有符合选择器 {selector} 的 Pod 或 Pod 模板",
      risk: "本应受保护的 Pod 可能被同时全部驱逐。",
      fix: "让选择器与 Pod 模板的标签一致。",
    },
  },
});

function judge(budget: DetailedEntry<"disruption-budget">, relations: Relations): readonly Outcome[] {
  const { namespace } = budget.resource.id;
  const selector = budget.detail.selector ?? {};
  const { pods } = relations;
  const isDecidable =
    pods.in(namespace).length > 0 && !isSystemNamespace(namespace) && !pods.isUndecidable(namespace, selector);
  if (!isDecidable) return NOT_APPLICABLE;
  if (podsUnder(relations, budget).length > 0) return PASS;
  const path = ["spec", "selector"];
  const evidence = budget.detail.selector == null ? { path, absent: true as const } : { path, value: selector };
  return [
    {
      kind: "fail",
      key: "",
      arguments: { name: textOf(selector), selector: textOf(selector), namespace },
      evidence: [evidence],
    },
  ];
}
