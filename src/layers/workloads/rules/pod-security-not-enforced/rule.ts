// Namespaces on which Pod Security admission enforces nothing.

import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";
import { ENFORCE, isJudgedNamespace, misspelledLabels, namespaceShape } from "../../pod-security-labels.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/pod-security-not-enforced",
  severity: "medium",
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.2.1", "nsa-cisa/pod-security-enforcement"],
  references: ["pod-security-admission/api/helpers.go", "KEP-2579"],
  knownAs: { kubescape: ["C-0192"] },
  targets: ["/Namespace"],
  shape: namespaceShape,
  isApplicable: isJudgedNamespace,
  find: ({ metadata }) => {
    const labels = metadata?.labels ?? {};
    // A misspelled label is pod-security-label-invalid's finding.
    if (labels[ENFORCE] != null || misspelledLabels(labels).some(([, meant]) => meant === ENFORCE)) return undefined;
    return { field: ["metadata", "labels", ENFORCE], assumed: "privileged" };
  },
  text: {
    en: {
      title: "Namespace enforces no Pod Security level",
      message: "No Pod Security level is enforced",
      risk: "Whoever may create pods in it may create privileged ones, and own the node.",
      fix: "Label it pod-security.kubernetes.io/enforce: restricted, or baseline where that is too much.",
    },
    "zh-CN": {
      title: "命名空间没有强制执行 Pod Security 级别",
      message: "没有强制执行任何 Pod Security 级别",
      risk: "任何能在其中创建 Pod 的人都能创建特权 Pod，进而控制节点。",
      fix: "添加标签 pod-security.kubernetes.io/enforce: restricted；要求过严时使用 baseline。",
    },
  },
});
