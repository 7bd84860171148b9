// CIS 5.1.8: impersonation (k8s.io/apiserver/pkg/endpoints/filters/impersonation).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/impersonation",
  severity: "critical", // it is being somebody else
  frameworks: ["cis-kubernetes/5.1.8"],
  references: ["apiserver/pkg/endpoints/filters/impersonation", "KEP-5284"],
  knownAs: { kubescape: ["C-0065", "C-0191"] },
  rights: [
    { verbs: ["impersonate"], apiGroup: "", resources: ["groups", "serviceaccounts", "users"], names: "any" },
    { verbs: ["impersonate"], apiGroup: "authentication.k8s.io", resources: ["uids", "userextras"], names: "any" },
  ],
  text: {
    en: {
      title: "Role acts as others",
      message: "Impersonates users, groups or service accounts; granted to {subjects}, namespaces {namespaces}",
      risk: "Without names it may be anybody, members of system:masters included.",
      fix: "Remove impersonate, or name whom it may be in resourceNames.",
    },
    "zh-CN": {
      title: "Role 可模拟他人身份",
      message: "可模拟用户、组或 ServiceAccount；授予 {subjects}，命名空间 {namespaces}",
      risk: "若不限名称，可以成为任何人，包括 system:masters 成员。",
      fix: "删除 impersonate，或用 resourceNames 列出可模拟的对象。",
    },
  },
});
