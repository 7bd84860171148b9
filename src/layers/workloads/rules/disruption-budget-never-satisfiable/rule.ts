// PodDisruptionBudgets that want as many pods to stay as there are.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { minimumAvailableRule } from "../../minimum-available-rule.ts";

export const rule: ClusterRule = minimumAvailableRule({
  id: "workloads/disruption-budget-never-satisfiable",
  severity: "medium",
  since: "0.1.0",
  reads: ["PodDisruptionBudget", "pod templates", "HorizontalPodAutoscaler"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/disruption/disruption.go"],
  knownAs: { kubeLinter: ["pdb-min-available"] },
  isAutoscaled: false,
  text: {
    en: {
      title: "PodDisruptionBudget can never be met",
      message: "{minimum} must stay of {pods}: no pod may ever be evicted",
      risk: "Nodes cannot be drained: security updates of nodes wait, or the budget is bypassed and pods are killed.",
      fix: "Run more pods than must stay, or use maxUnavailable: 1.",
    },
    "zh-CN": {
      title: "PodDisruptionBudget 永远无法满足",
      message: "{pods} 个 Pod 中必须保留 {minimum} 个：任何 Pod 都不允许被驱逐",
      risk: "节点无法排空：节点的安全更新被推迟，或者绕过预算直接终止 Pod。",
      fix: "运行比必须保留的更多的 Pod，或改用 maxUnavailable: 1。",
    },
  },
});
