// Autoscalers on the usage of one container that the workload does not have.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { orNone, namedWith } from "../../missing-reference-rule.ts";
import type { DetailedEntry, Relations } from "../../references/relations.ts";
import { similarNames } from "../../references/similar-names.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/autoscaler-container-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["HorizontalPodAutoscaler", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/podautoscaler/replica_calculator.go", "KEP-1610"],
  *judge(relations): Iterable<Judgement> {
    for (const autoscaler of relations.ofRole("autoscaler"))
      yield { resource: autoscaler.resource, outcomes: judge(autoscaler, relations) };
  },
  text: {
    en: {
      title: "Autoscaler measures a container that does not exist",
      message: "{target} has no long-running container {container} (it has: {known})",
      risk: "Load is not answered by more pods: a flood that the autoscaler was to absorb takes the service down.",
      fix: "Name a container of the workload.",
    },
    "zh-CN": {
      title: "自动扩缩器度量的容器不存在",
      message: "{target} 中没有名为 {container} 的常驻容器（现有：{known}）",
      risk: "负载上升时不会增加 Pod：本应由自动扩缩吸收的流量高峰会使服务瘫痪。",
      fix: "改为该工作负载中存在的容器。",
    },
  },
});

function judge({ resource, detail }: DetailedEntry<"autoscaler">, { inventory }: Relations): readonly Outcome[] {
  const { kind, name: target } = detail.target;
  const pods = inventory.get(kind, resource.id.namespace, target, resource)?.facts.pods ?? [];
  const metrics = detail.metrics.filter(({ container }) => container !== undefined);
  if (pods.length === 0 || metrics.length === 0) return NOT_APPLICABLE;
  const known = [...new Set(pods.flatMap(({ containers }) => containers))];
  return metrics.flatMap(({ resource: measured, container = "", path }) => {
    if (known.includes(container)) return PASS;
    const values = {
      ...namedWith(container, similarNames(container, known)),
      target,
      container,
      known: orNone(known),
    };
    const evidence = [{ path: [...path.slice(0, -1), "container"], value: container }];
    return [{ kind: "fail", key: `${measured}/${container}`, arguments: values, evidence }];
  });
}
