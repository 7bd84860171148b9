// Namespaces that the input declares and fills with pods, without a LimitRange.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { namespaceCompanionRule } from "../../namespace-companion-rule.ts";

export const rule: ClusterRule = namespaceCompanionRule("/LimitRange", {
  id: "workloads/limit-range-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["Namespace", "LimitRange", "pod templates"],
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/plugin/pkg/admission/limitranger/admission.go"],
  knownAs: { trivy: ["KSV-0039"] },
  text: {
    en: {
      title: "Namespace has no LimitRange",
      message: "Namespace {name} has pods and no LimitRange in the input",
      risk: "One pod without limits may take the memory of its node from all others.",
      fix: "Add a LimitRange with defaults for containers.",
    },
    "zh-CN": {
      title: "命名空间没有 LimitRange",
      message: "命名空间 {name} 中有 Pod，但输入中没有 LimitRange",
      risk: "一个没有限制的 Pod 就可能耗尽节点内存，影响其他所有 Pod。",
      fix: "添加为容器提供默认值的 LimitRange。",
    },
  },
});
