// HorizontalPodAutoscalers whose largest number is their smallest.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/autoscaler-cannot-scale",
  severity: "low",
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/apis/autoscaling/types.go"],
  knownAs: { polaris: ["hpaMaxAvailability"] },
  targets: ["autoscaling/HorizontalPodAutoscaler"],
  shape: object({ spec: object({ minReplicas: integer, maxReplicas: integer }) }),
  find: ({ spec }) => {
    const minimum = spec?.minReplicas ?? 1;
    const maximum = spec?.maxReplicas ?? 0;
    if (maximum > minimum) return undefined;
    return { field: ["spec", "maxReplicas"], shown: `${maximum} ≤ ${minimum}` };
  },
  text: {
    en: {
      title: "Autoscaler has no room to scale",
      message: "maxReplicas is not above minReplicas ({value})",
      risk: "Load is not answered by more pods.",
      fix: "Raise maxReplicas above minReplicas.",
    },
    "zh-CN": {
      title: "自动扩缩器没有伸缩余地",
      message: "maxReplicas 不大于 minReplicas（{value}）",
      risk: "负载上升时不会增加 Pod。",
      fix: "把 maxReplicas 设为大于 minReplicas 的值。",
    },
  },
});
