// Changing CoreDNS's Corefile or EKS's aws-auth.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/system-config-map-write",
  severity: "high", // names and identities of the whole cluster
  frameworks: [],
  references: ["https://coredns.io/plugins/rewrite/"],
  knownAs: { kubescape: ["C-0037"], trivy: ["KSV-0115"] },
  rights: [{ verbs: ["patch", "update"], apiGroup: "", resources: ["configmaps"], names: ["aws-auth", "coredns"] }],
  namespace: "kube-system",
  text: {
    en: {
      title: "Role rewrites cluster DNS or identity maps",
      message: "Changes ConfigMaps of kube-system; granted to {subjects}, namespaces {namespaces}",
      risk: "The ConfigMap coredns decides where every name leads, and aws-auth who is an administrator.",
      fix: "Bind the role in other namespaces, or name its own ConfigMap in resourceNames.",
    },
    "zh-CN": {
      title: "Role 可改写集群 DNS 或身份映射",
      message: "可修改 kube-system 的 ConfigMap；授予 {subjects}，命名空间 {namespaces}",
      risk: "coredns 决定每个域名指向何处，aws-auth 决定谁是管理员。",
      fix: "在其他命名空间绑定该角色，或用 resourceNames 列出自己的 ConfigMap。",
    },
  },
});
