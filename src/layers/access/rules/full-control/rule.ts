// CIS 5.1.1 and what it contains: a role of one's own that may do everything.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { isFullControl } from "../../right.ts";
import { roleRule } from "../../role-rule.ts";

export const rule: ClusterRule = roleRule({
  id: "access/full-control",
  severity: "critical", // it is cluster-admin under another name
  frameworks: [
    "cis-kubernetes/5.1.1",
    "cis-kubernetes/5.1.2",
    "cis-kubernetes/5.1.3",
    "cis-kubernetes/5.1.4",
    "cis-kubernetes/5.1.8",
    "cis-kubernetes/5.1.13",
  ],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go"],
  knownAs: { kubescape: ["C-0185", "C-0186", "C-0187", "C-0188", "C-0191"] },
  judge: (rule, index) =>
    isFullControl(rule) ? [{ path: ["rules", index, "verbs", rule.verbs.indexOf("*")], value: "*" }] : [],
  text: {
    en: {
      title: "Role may do everything",
      message: "May do everything; granted to {subjects}, namespaces {namespaces}",
      risk: "It contains every other right: Secrets, shells, roles, impersonation.",
      fix: "List what is needed; an audit log shows what is used.",
    },
    "zh-CN": {
      title: "Role 可以做任何事",
      message: "可以做任何事；授予 {subjects}，命名空间 {namespaces}",
      risk: "它包含其他所有权限：Secret、进入容器、角色、身份模拟。",
      fix: "列出所需内容；审计日志会显示实际用到哪些。",
    },
  },
});
