// Workloads that more than one autoscaler scales.

import { PASS } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { autoscalersByTarget } from "../../references/scale.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/autoscaler-target-shared",
  severity: "medium",
  since: "0.1.0",
  reads: ["HorizontalPodAutoscaler", "ScaledObject"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/podautoscaler/horizontal.go"],
  *judge(relations): Iterable<Judgement> {
    for (const autoscalers of autoscalersByTarget(relations).values()) {
      for (const { resource, detail } of autoscalers) {
        const others = autoscalers.flatMap((other) =>
          other.resource.id.name === resource.id.name ? [] : other.resource.id.name,
        );
        const { name: target, path } = detail.target;
        const name = others.join(", ");
        const evidence = [{ path, value: target }];
        yield {
          resource,
          outcomes: others.length === 0 ? PASS : [{ kind: "fail", key: "", arguments: { name, target }, evidence }],
        };
      }
    }
  },
  text: {
    en: {
      title: "Two autoscalers scale one workload",
      message: "{target} is scaled by {name} too",
      risk: "They undo each other's decisions: the number of pods swings, or stays low under load.",
      fix: "Keep one autoscaler and give it all metrics.",
    },
    "zh-CN": {
      title: "两个自动扩缩器管理同一工作负载",
      message: "{target} 同时由 {name} 扩缩",
      risk: "它们会相互推翻对方的决定：Pod 数量来回波动，或在高负载下仍然偏低。",
      fix: "只保留一个自动扩缩器，并把所有指标交给它。",
    },
  },
});
