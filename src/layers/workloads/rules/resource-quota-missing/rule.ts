// Namespaces that the input declares and fills with pods, without a ResourceQuota.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { namespaceCompanionRule } from "../../namespace-companion-rule.ts";

export const rule: ClusterRule = namespaceCompanionRule("/ResourceQuota", {
  id: "workloads/resource-quota-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["Namespace", "ResourceQuota", "pod templates"],
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/plugin/pkg/admission/resourcequota"],
  knownAs: { trivy: ["KSV-0040"] },
  text: {
    en: {
      title: "Namespace has no ResourceQuota",
      message: "Namespace {name} has pods and no ResourceQuota in the input",
      risk: "Whoever may create pods in it may fill the whole cluster.",
      fix: "Add a ResourceQuota for cpu, memory and the number of pods.",
    },
    "zh-CN": {
      title: "命名空间没有 ResourceQuota",
      message: "命名空间 {name} 中有 Pod，但输入中没有 ResourceQuota",
      risk: "任何能在其中创建 Pod 的人都可能占满整个集群。",
      fix: "添加限制 CPU、内存和 Pod 数量的 ResourceQuota。",
    },
  },
});
