// CIS 5.1.2: reading Secrets, in every namespace.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/secrets-read-cluster-wide",
  severity: "high", // every credential of the cluster, those of kube-system too
  frameworks: ["cis-kubernetes/5.1.2"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go"],
  knownAs: { kubescape: ["C-0015", "C-0186"] },
  rights: [{ verbs: ["get", "list", "watch"], apiGroup: "", resources: ["secrets"] }],
  reach: "cluster-wide",
  text: {
    en: {
      title: "Every Secret of the cluster can be read",
      message: "Reads Secrets of every namespace; granted to {subjects}, namespaces {namespaces}",
      risk: "With kube-system's and every operator's credentials, the cluster is lost.",
      fix: "Bind the role in the namespaces that need it, with the Secrets by name.",
    },
    "zh-CN": {
      title: "可读取整个集群的 Secret",
      message: "可读取所有命名空间的 Secret；授予 {subjects}，命名空间 {namespaces}",
      risk: "拿到 kube-system 和各个 operator 的凭据，就等于拿下集群。",
      fix: "只在需要的命名空间绑定，并按名称列出 Secret。",
    },
  },
});
