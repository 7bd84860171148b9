// PodDisruptionBudgets that allow no disruption, whatever the scale.

import { intOrString, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";
import { percentOf } from "../../references/disruption.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/disruption-budget-forbids-eviction",
  severity: "medium",
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/controller/disruption/disruption.go"],
  knownAs: {
    kubeLinter: ["pdb-max-unavailable"],
    polaris: ["pdbDisruptionsIsZero"],
    kubeScore: ["poddisruptionbudget-has-policy"],
  },
  targets: ["policy/PodDisruptionBudget"],
  shape: object({ spec: object({ minAvailable: intOrString, maxUnavailable: intOrString }) }),
  find: ({ spec }) => {
    const { minAvailable, maxUnavailable } = spec ?? {};
    if (maxUnavailable === 0 || (maxUnavailable != null && percentOf(maxUnavailable) === 0)) {
      return { field: ["spec", "maxUnavailable"] };
    }
    const isAll = minAvailable != null && (percentOf(minAvailable) ?? 0) >= 100;
    return isAll ? { field: ["spec", "minAvailable"] } : undefined;
  },
  text: {
    en: {
      title: "PodDisruptionBudget forbids every eviction",
      message: "With {value} no pod may ever be evicted",
      risk: "Nodes cannot be drained: security updates of nodes wait, or the budget is bypassed and pods are killed.",
      fix: "Allow at least one pod to be away: maxUnavailable: 1.",
    },
    "zh-CN": {
      title: "PodDisruptionBudget 禁止任何驱逐",
      message: "设置为 {value} 时，任何 Pod 都不允许被驱逐",
      risk: "节点无法排空：节点的安全更新被推迟，或者绕过预算直接终止 Pod。",
      fix: "至少允许一个 Pod 不可用：maxUnavailable: 1。",
    },
  },
});
