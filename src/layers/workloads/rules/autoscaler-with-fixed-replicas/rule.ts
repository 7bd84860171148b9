// Workloads that fix the number an autoscaler is to choose.

import { NOT_APPLICABLE, PASS, type Outcome } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { Entry } from "../../references/relations.ts";
import { autoscalersByTarget } from "../../references/scale.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

export const rule: ClusterRule = relationRule({
  id: "workloads/autoscaler-with-fixed-replicas",
  severity: "medium",
  since: "0.1.0",
  reads: ["HorizontalPodAutoscaler", "ScaledObject", "pod templates"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/podautoscaler/horizontal.go"],
  knownAs: {
    kubeScore: [
      "deployment-targeted-by-hpa-does-not-have-replicas-configured",
      "statefulset-targeted-by-hpa-does-not-have-replicas-configured",
    ],
  },
  *judge(relations): Iterable<Judgement> {
    for (const autoscalers of autoscalersByTarget(relations).values()) {
      const [first] = autoscalers;
      if (first === undefined) continue;
      const { kind, name } = first.detail.target;
      const target = relations.inventory.get(kind, first.resource.id.namespace, name, first.resource);
      if (target !== undefined) yield { resource: target.resource, outcomes: judge(target, first.resource.id.name) };
    }
  },
  text: {
    en: {
      title: "Replicas are fixed although an autoscaler sets them",
      message: "spec.replicas: {replicas} resets what autoscaler {name} decides, at every apply",
      risk: "Each deployment throws the service back to this number, in the middle of a load peak too.",
      fix: "Remove spec.replicas.",
    },
    "zh-CN": {
      title: "已由自动扩缩器管理的副本数被写死",
      message: "每次 apply 时，spec.replicas: {replicas} 都会覆盖自动扩缩器 {name} 的决定",
      risk: "每次发布都会把副本数改回该值，即使正处于流量高峰。",
      fix: "删除 spec.replicas。",
    },
  },
});

function judge({ resource, facts }: Entry, autoscaler: string): readonly Outcome[] {
  const { detail } = facts;
  // What comes from a server always has the field: its value there is the autoscaler's own.
  const isFromServer = resource.provenance.kind === "server" || resource.object.metadata?.uid != null;
  if (isFromServer || detail?.role !== "controller") return NOT_APPLICABLE;
  if (detail.replicas === undefined) return PASS;
  const evidence = [{ path: ["spec", "replicas"], value: detail.replicas }];
  return [{ kind: "fail", key: "", arguments: { name: autoscaler, replicas: detail.replicas }, evidence }];
}
