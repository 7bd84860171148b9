// CIS 5.1.4: creating pods, or what stamps pods, in every namespace.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/workload-creation-cluster-wide",
  severity: "high", // whoever creates pods anywhere becomes every service account of the cluster
  frameworks: ["cis-kubernetes/5.1.4"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go"],
  knownAs: { kubescape: ["C-0188"], trivy: ["KSV-0048"] },
  rights: [
    { verbs: ["create"], apiGroup: "", resources: ["pods", "replicationcontrollers"] },
    { verbs: ["create"], apiGroup: "apps", resources: ["daemonsets", "deployments", "replicasets", "statefulsets"] },
    { verbs: ["create"], apiGroup: "batch", resources: ["cronjobs", "jobs"] },
  ],
  reach: "cluster-wide",
  text: {
    en: {
      title: "Pods can be created in every namespace",
      message: "Creates pods or workloads in every namespace; granted to {subjects}, namespaces {namespaces}",
      risk: "A pod in kube-system runs as an account that owns the cluster.",
      fix: "Bind the role in the namespaces that need it.",
    },
    "zh-CN": {
      title: "可在所有命名空间创建 Pod",
      message: "可在所有命名空间创建 Pod 或工作负载；授予 {subjects}，命名空间 {namespaces}",
      risk: "在 kube-system 中创建的 Pod 可以以掌控集群的账号运行。",
      fix: "只在需要的命名空间绑定该角色。",
    },
  },
});
