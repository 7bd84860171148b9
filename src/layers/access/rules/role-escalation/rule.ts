// CIS 5.1.8: the two verbs that the escalation check of RBAC yields to.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/role-escalation",
  severity: "critical", // it contains every right there is
  frameworks: ["cis-kubernetes/5.1.8"],
  references: ["kubernetes/pkg/registry/rbac/escalation_check.go"],
  knownAs: { kubescape: ["C-0191"] },
  rights: [
    {
      verbs: ["bind", "escalate"],
      apiGroup: "rbac.authorization.k8s.io",
      resources: ["clusterroles", "roles"],
      names: "any",
    },
  ],
  text: {
    en: {
      title: "Role can give itself more rights",
      message: "Has escalate or bind on roles; granted to {subjects}, namespaces {namespaces}",
      risk: "It may grant what its holder does not have: cluster-admin is one write away.",
      fix: "Remove escalate and bind; grant the rights to be passed on to the holder itself.",
    },
    "zh-CN": {
      title: "Role 可为自己扩大权限",
      message: "对角色拥有 escalate 或 bind；授予 {subjects}，命名空间 {namespaces}",
      risk: "可以授予自己没有的权限：离 cluster-admin 只差一次写入。",
      fix: "删除 escalate 和 bind；把要转授的权限直接授予持有者。",
    },
  },
});
