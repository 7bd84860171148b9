// PodDisruptionBudgets that want as many pods to stay as the autoscaler may leave.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { minimumAvailableRule } from "../../minimum-available-rule.ts";

export const rule: ClusterRule = minimumAvailableRule({
  id: "workloads/disruption-budget-above-autoscaler-minimum",
  severity: "low",
  since: "0.1.0",
  reads: ["PodDisruptionBudget", "pod templates", "HorizontalPodAutoscaler", "ScaledObject"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/disruption/disruption.go"],
  knownAs: { polaris: ["pdbMinAvailableGreaterThanHPAMinReplicas"] },
  isAutoscaled: true,
  text: {
    en: {
      title: "PodDisruptionBudget wants what the autoscaler may take away",
      message: "{minimum} must stay of {pods}, the least the autoscaler keeps",
      risk: "In quiet hours, when nodes are drained, no pod may be evicted.",
      fix: "Keep minAvailable below the autoscaler's minimum, or use maxUnavailable: 1.",
    },
    "zh-CN": {
      title: "PodDisruptionBudget 要求的数量达到自动扩缩器的下限",
      message: "自动扩缩器最少保留 {pods} 个 Pod，其中必须保留 {minimum} 个",
      risk: "低峰时段正是排空节点的时候，却没有 Pod 可以被驱逐。",
      fix: "让 minAvailable 小于自动扩缩器的下限，或改用 maxUnavailable: 1。",
    },
  },
});
