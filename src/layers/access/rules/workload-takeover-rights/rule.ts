// A workload whose account has, in every namespace, a right that leads to all others.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { givenBy, isFullControl, type Right } from "../../right.ts";
import { workloadRule } from "../../workload-rule.ts";

const TAKEOVER: readonly Right[] = [
  { verbs: ["get", "list", "watch"], apiGroup: "", resources: ["secrets"] },
  { verbs: ["create"], apiGroup: "", resources: ["pods", "pods/exec", "serviceaccounts/token"] },
  { verbs: ["create"], apiGroup: "apps", resources: ["daemonsets", "deployments", "statefulsets"] },
  { verbs: ["create"], apiGroup: "batch", resources: ["cronjobs", "jobs"] },
  { verbs: ["bind", "escalate"], apiGroup: "rbac.authorization.k8s.io", resources: ["clusterroles", "roles"] },
  { verbs: ["impersonate"], apiGroup: "", resources: ["groups", "serviceaccounts", "users"] },
  { verbs: ["create", "get"], apiGroup: "", resources: ["nodes/proxy"] },
];

export const rule: ClusterRule = workloadRule({
  id: "access/workload-takeover-rights",
  severity: "high", // code in the pod is two steps from owning the cluster
  reads: ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "pod templates"],
  frameworks: [],
  references: ["https://microsoft.github.io/Threat-Matrix-for-Kubernetes/"],
  knownAs: { kubescape: ["C-0267", "C-0272"] },
  isMeant: (rule) => isFullControl(rule) || givenBy(rule, 0, TAKEOVER).length > 0,
  text: {
    en: {
      title: "Workload can take over the cluster",
      message: "Runs as {account}, which has in every namespace: {right} (by {binding})",
      risk: "Whoever gets into one of its containers becomes a stronger account, and so on to the top.",
      fix: "Bind its role in the namespaces that need it, by name where it can be.",
    },
    "zh-CN": {
      title: "工作负载可接管集群",
      message: "以 {account} 运行，它在所有命名空间拥有：{right}（通过 {binding}）",
      risk: "攻入其任一容器的人可成为更强的账号，并一路升级。",
      fix: "只在需要的命名空间绑定其角色，尽可能按名称授权。",
    },
  },
});
