// A VerticalPodAutoscaler that changes the requests a HorizontalPodAutoscaler measures against.

import { PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { AutoscalerFacts } from "../../references/details.ts";
import type { DetailedEntry } from "../../references/relations.ts";
import { autoscalersByTarget } from "../../references/scale.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/vertical-and-horizontal-autoscaler",
  severity: "low",
  since: "0.1.0",
  reads: ["VerticalPodAutoscaler", "HorizontalPodAutoscaler", "ScaledObject"],
  frameworks: [],
  references: ["autoscaler/vertical-pod-autoscaler/docs/known-limitations.md"],
  *judge(relations): Iterable<Judgement> {
    const horizontal = autoscalersByTarget(relations);
    for (const { resource, detail } of relations.ofRole("autoscaler")) {
      if (detail.scales !== "requests") continue;
      const { kind, name } = detail.target;
      const others = horizontal.get(`${kind}/${resource.id.namespace}/${name}`) ?? [];
      yield { resource, outcomes: others.length === 0 ? PASS : judge(detail, others) };
    }
  },
  text: {
    en: {
      title: "Two autoscalers act on the same resource",
      message: "{resource} requests are changed while {autoscaler} measures utilization against them",
      risk: "Each answers the other's change: pods are restarted and scaled in a loop.",
      fix: 'Let one of them act on this resource: leave cpu or memory out of controlledResources, or set updateMode: "Off".',
    },
    "zh-CN": {
      title: "两个自动扩缩器作用于同一资源",
      message: "{resource} 请求被修改的同时，{autoscaler} 正依据它计算使用率",
      risk: "两者相互响应对方的改动：Pod 会循环重启和扩缩。",
      fix: '只让其中一个作用于该资源：从 controlledResources 中去掉它，或设置 updateMode: "Off"。',
    },
  },
});

function judge(detail: AutoscalerFacts, others: readonly DetailedEntry<"autoscaler">[]): readonly Outcome[] {
  return detail.metrics.flatMap(({ resource, path, assumed }) => {
    const rivals = others.filter((other) => other.detail.metrics.some((metric) => metric.resource === resource));
    if (rivals.length === 0) return PASS;
    const names = rivals.map((rival) => rival.resource.id.name).join(", ");
    const evidence =
      assumed === undefined ? { path, value: detail.mode } : { path, absent: true as const, default: assumed };
    return [
      {
        kind: "fail",
        key: resource,
        arguments: { name: `${resource}: ${names}`, resource, autoscaler: names },
        evidence: [evidence],
      },
    ];
  });
}
