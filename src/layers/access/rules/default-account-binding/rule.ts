// CIS 5.1.5: rights for the account that pods have when they name none.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/default-account-binding",
  severity: "high", // rights for every pod that names no account
  frameworks: ["cis-kubernetes/5.1.5"],
  references: ["kubernetes/plugin/pkg/admission/serviceaccount/admission.go"],
  knownAs: { kubescape: ["C-0189"] },
  judge: (binding) => subjectFaults(binding, ({ kind, name }) => kind === "ServiceAccount" && name === "default"),
  text: {
    en: {
      title: "The default service account has rights",
      message: "Binds {role} to {subject}",
      risk: "Every pod of the namespace that names no account has them.",
      fix: "Give the workload an account of its own and bind that.",
    },
    "zh-CN": {
      title: "default ServiceAccount 拥有权限",
      message: "将 {role} 绑定给 {subject}",
      risk: "该命名空间中未指定账号的所有 Pod 都拥有。",
      fix: "为工作负载建立专用账号并绑定。",
    },
  },
});
