// PodDisruptionBudgets that protect pods which serve nobody (KEP-3017).

import { object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/disruption-budget-keeps-unhealthy-pods",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-3017", "kubernetes/pkg/registry/core/pod/storage/eviction.go"],
  knownAs: { kubeLinter: ["pdb-unhealthy-pod-eviction-policy"] },
  targets: ["policy/PodDisruptionBudget"],
  shape: object({ spec: object({ unhealthyPodEvictionPolicy: string }) }),
  find: ({ spec }) =>
    spec?.unhealthyPodEvictionPolicy === "AlwaysAllow"
      ? undefined
      : { field: ["spec", "unhealthyPodEvictionPolicy"], assumed: "IfHealthyBudget" },
  text: {
    en: {
      title: "Pods that are not ready block drains",
      message: "Pods that are not ready may not be evicted while the budget is short",
      risk: "A crash loop keeps its node from being drained and updated.",
      fix: "Set unhealthyPodEvictionPolicy: AlwaysAllow.",
    },
    "zh-CN": {
      title: "未就绪的 Pod 会阻止节点排空",
      message: "预算不足时，未就绪的 Pod 也不允许被驱逐",
      risk: "一个不断崩溃的 Pod 就能使节点无法排空和更新。",
      fix: "设置 unhealthyPodEvictionPolicy: AlwaysAllow。",
    },
  },
});
