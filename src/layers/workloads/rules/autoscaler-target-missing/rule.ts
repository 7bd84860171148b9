// Autoscalers whose workload is not in the input.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule } from "../../missing-reference-rule.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/autoscaler-target-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["HorizontalPodAutoscaler", "VerticalPodAutoscaler", "ScaledObject", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/podautoscaler/horizontal.go"],
  knownAs: {
    kubescape: ["C-0300"],
    kubeLinter: ["dangling-horizontalpodautoscaler"],
    kubeScore: ["horizontalpodautoscaler-has-target"],
  },
  referrals: ({ entries }) =>
    entries.flatMap((entry) =>
      entry.facts.detail?.role === "autoscaler"
        ? entry.facts.references.map((reference) => ({ entry, reference }))
        : [],
    ),
  text: {
    en: {
      title: "Autoscaler scales nothing of the input",
      message: "{kind} {target} is not in the input (similar: {similar})",
      risk: "Load is not answered by more pods: a flood that the autoscaler was to absorb takes the service down.",
      fix: "Correct the name, kind or apiVersion of the target, or remove the autoscaler.",
    },
    "zh-CN": {
      title: "自动扩缩器的目标不在输入中",
      message: "输入中没有名为 {target} 的 {kind}（相近的名称：{similar}）",
      risk: "负载上升时不会增加 Pod：本应由自动扩缩吸收的流量高峰会使服务瘫痪。",
      fix: "更正目标的名称、类型或 apiVersion，或删除该自动扩缩器。",
    },
  },
});
