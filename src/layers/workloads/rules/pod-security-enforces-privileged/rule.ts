// Namespaces that say themselves that everything is admitted.

import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { objectShapeRule } from "../../object-rule.ts";
import { ENFORCE, isJudgedNamespace, namespaceShape } from "../../pod-security-labels.ts";

export const rule: ObjectRule = objectShapeRule({
  id: "workloads/pod-security-enforces-privileged",
  severity: "medium",
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.2.1", "nsa-cisa/pod-security-enforcement"],
  references: ["pod-security-admission/api/helpers.go", "KEP-2579"],
  targets: ["/Namespace"],
  shape: namespaceShape,
  isApplicable: isJudgedNamespace,
  find: ({ metadata }) =>
    metadata?.labels?.[ENFORCE] === "privileged" ? { field: ["metadata", "labels", ENFORCE] } : undefined,
  text: {
    en: {
      title: "Namespace admits privileged pods",
      message: "The enforced Pod Security level is privileged",
      risk: "Whoever may create pods in it may create privileged ones, and own the node.",
      fix: "Move what needs the node to a namespace of its own, and enforce baseline or restricted here.",
    },
    "zh-CN": {
      title: "命名空间允许特权 Pod",
      message: "强制执行的 Pod Security 级别是 privileged",
      risk: "任何能在其中创建 Pod 的人都能创建特权 Pod，进而控制节点。",
      fix: "把需要访问节点的工作负载移到单独的命名空间，并在此处强制执行 baseline 或 restricted。",
    },
  },
});
