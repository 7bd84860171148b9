// CIS 5.1.2: reading Secrets, where the role reaches only namespaces.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/secrets-read",
  severity: "medium", // every credential of a namespace
  frameworks: ["cis-kubernetes/5.1.2"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go"],
  knownAs: { kubescape: ["C-0015", "C-0186"] },
  rights: [{ verbs: ["get", "list", "watch"], apiGroup: "", resources: ["secrets"] }],
  reach: "namespaces",
  text: {
    en: {
      title: "Role reads every Secret of a namespace",
      message: "Reads Secrets; granted to {subjects}, namespaces {namespaces}",
      risk: "List and watch return the contents too: tokens, passwords and keys of every workload there.",
      fix: "Name the Secrets in resourceNames with get alone, or mount them instead of reading them.",
    },
    "zh-CN": {
      title: "Role 可读取命名空间内所有 Secret",
      message: "可读取 Secret；授予 {subjects}，命名空间 {namespaces}",
      risk: "list 和 watch 同样返回内容：那里所有工作负载的令牌、口令和密钥。",
      fix: "用 resourceNames 列出具体 Secret 并只给 get，或改为挂载。",
    },
  },
});
