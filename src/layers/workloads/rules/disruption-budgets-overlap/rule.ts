// PodDisruptionBudgets that share a pod: the eviction API answers 500 for it.

import { PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { podsUnder } from "../../references/disruption.ts";
import type { PodEntry } from "../../references/pod-index.ts";
import type { DetailedEntry } from "../../references/relations.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/disruption-budgets-overlap",
  severity: "low",
  since: "0.1.0",
  reads: ["PodDisruptionBudget", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/registry/core/pod/storage/eviction.go"],
  *judge(relations): Iterable<Judgement> {
    const budgets = relations.ofRole("disruption-budget");
    const byPod = new Map<PodEntry, Set<string>>();
    const selected = budgets.map((budget) => ({ budget, pods: podsUnder(relations, budget) }));
    for (const { budget, pods } of selected) {
      for (const pod of pods) byPod.set(pod, (byPod.get(pod) ?? new Set()).add(budget.resource.id.name));
    }
    for (const { budget, pods } of selected) {
      const names = new Set(pods.flatMap((pod) => [...(byPod.get(pod) ?? [])]));
      names.delete(budget.resource.id.name);
      yield { resource: budget.resource, outcomes: names.size === 0 ? PASS : overlap(budget, [...names].join(", ")) };
    }
  },
  text: {
    en: {
      title: "Two PodDisruptionBudgets select the same pods",
      message: "Pods are selected by {others} too, so no eviction of them is granted",
      risk: "The API server refuses every eviction of these pods: nodes cannot be drained, their security updates wait.",
      fix: "Let one budget select these pods.",
    },
    "zh-CN": {
      title: "两个 PodDisruptionBudget 选中了相同的 Pod",
      message: "这些 Pod 同时被 {others} 选中，对它们的驱逐一律会被拒绝",
      risk: "API 服务器会拒绝驱逐这些 Pod：节点无法排空，安全更新被推迟。",
      fix: "只让一个预算选中这些 Pod。",
    },
  },
});

function overlap({ detail }: DetailedEntry<"disruption-budget">, names: string): readonly Outcome[] {
  const evidence = [{ path: ["spec", "selector"], value: detail.selector }];
  return [{ kind: "fail", key: "", arguments: { name: names, others: names }, evidence }];
}
