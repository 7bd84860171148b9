// Workloads of several replicas that no PodDisruptionBudget selects, where the input describes their namespace.

import { NOT_APPLICABLE, PASS } from "../../../../verdicts/outcome.ts";
import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { keyOf } from "../../../../cluster/resource-id.ts";
import { podsUnder } from "../../references/disruption.ts";
import { autoscalersOf, isScaledKind } from "../../references/scale.ts";
import { relationRule, type Judgement } from "../../relation-rule.ts";

const DISRUPTION_BUDGET = "policy/PodDisruptionBudget";

export const rule: ClusterRule = relationRule({
  id: "workloads/disruption-budget-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["pod templates", "PodDisruptionBudget", "HorizontalPodAutoscaler", "Namespace"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/disruption/disruption.go"],
  knownAs: {
    polaris: ["missingPodDisruptionBudget"],
    kubeScore: ["deployment-has-poddisruptionbudget", "statefulset-has-poddisruptionbudget"],
  },
  *judge(relations): Iterable<Judgement> {
    const protectedKeys = new Set<string>();
    for (const budget of relations.ofRole("disruption-budget")) {
      for (const { resource } of podsUnder(relations, budget)) protectedKeys.add(keyOf(resource.id));
    }
    for (const { resource, facts, detail } of relations.ofRole("controller")) {
      if (!isScaledKind(facts.kind)) continue;
      const { namespace } = resource.id;
      const isDescribed =
        relations.inventory.describes(DISRUPTION_BUDGET, namespace) ||
        relations.inventory.get("/Namespace", "", namespace) !== undefined;
      const minimums = autoscalersOf(relations, resource).map((autoscaler) => autoscaler.detail.minimum);
      const pods = minimums.length > 0 ? Math.max(...minimums) : (detail.replicas ?? 1);
      if (!isDescribed || pods < 2) yield { resource, outcomes: NOT_APPLICABLE };
      else if (protectedKeys.has(keyOf(resource.id))) yield { resource, outcomes: PASS };
      else {
        const evidence =
          minimums.length > 0 ? { path: ["spec"] } : { path: ["spec", "replicas"], value: detail.replicas };
        yield { resource, outcomes: [{ kind: "fail", key: "", arguments: { name: "", pods }, evidence: [evidence] }] };
      }
    }
  },
  text: {
    en: {
      title: "No PodDisruptionBudget for several replicas",
      message: "No PodDisruptionBudget of the input selects these {pods} pods",
      risk: "A drain, or somebody who may evict pods, takes all of them down at once.",
      fix: "Add a PodDisruptionBudget with maxUnavailable: 1.",
    },
    "zh-CN": {
      title: "多副本工作负载没有 PodDisruptionBudget",
      message: "输入中没有 PodDisruptionBudget 选中这 {pods} 个 Pod",
      risk: "一次节点排空，或有权驱逐 Pod 的人，可以让它们同时下线。",
      fix: "添加 maxUnavailable: 1 的 PodDisruptionBudget。",
    },
  },
});
