// HorizontalPodAutoscalers that may go down to one pod.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/autoscaler-minimum-of-one",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/apis/autoscaling/types.go"],
  knownAs: {
    kubeLinter: ["hpa-minimum-three-replicas"],
    polaris: ["hpaMinAvailability"],
    kubeScore: ["horizontalpodautoscaler-replicas"],
  },
  targets: ["autoscaling/HorizontalPodAutoscaler"],
  shape: object({ spec: object({ minReplicas: integer, maxReplicas: integer }) }),
  // One that cannot scale at all is autoscaler-cannot-scale's finding.
  find: ({ spec }) =>
    (spec?.minReplicas ?? 1) <= 1 && (spec?.maxReplicas ?? 0) > 1
      ? { field: ["spec", "minReplicas"], assumed: 1 }
      : undefined,
  text: {
    en: {
      title: "Autoscaler may leave a single pod",
      message: "One pod is enough for this autoscaler",
      risk: "In quiet hours the loss of one pod or node is an outage.",
      fix: "Set minReplicas to 2 or more.",
    },
    "zh-CN": {
      title: "自动扩缩器可能只保留一个 Pod",
      message: "该自动扩缩器允许只剩一个 Pod",
      risk: "在低峰时段，失去一个 Pod 或节点就会中断服务。",
      fix: "把 minReplicas 设为 2 或更大。",
    },
  },
});
