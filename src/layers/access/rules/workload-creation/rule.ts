// CIS 5.1.4: creating pods, or what stamps pods, where the role reaches only namespaces.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/workload-creation",
  severity: "medium", // whoever creates pods becomes every service account there
  frameworks: ["cis-kubernetes/5.1.4"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go"],
  knownAs: { kubescape: ["C-0188"], trivy: ["KSV-0048"] },
  rights: [
    { verbs: ["create"], apiGroup: "", resources: ["pods", "replicationcontrollers"] },
    { verbs: ["create"], apiGroup: "apps", resources: ["daemonsets", "deployments", "replicasets", "statefulsets"] },
    { verbs: ["create"], apiGroup: "batch", resources: ["cronjobs", "jobs"] },
  ],
  reach: "namespaces",
  text: {
    en: {
      title: "Role creates pods",
      message: "Creates pods or workloads; granted to {subjects}, namespaces {namespaces}",
      risk: "A pod may run as any service account of its namespace and mount any of its Secrets.",
      fix: "Let a pipeline patch the workloads it rolls out, by name, and create nothing.",
    },
    "zh-CN": {
      title: "Role 可创建 Pod",
      message: "可创建 Pod 或工作负载；授予 {subjects}，命名空间 {namespaces}",
      risk: "Pod 可以以其命名空间内任何 ServiceAccount 运行，并挂载其中任何 Secret。",
      fix: "让流水线只按名称 patch 要发布的工作负载，不授予 create。",
    },
  },
});
