// CIS 5.1.13: issuing tokens of service accounts.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/token-creation",
  severity: "high", // a token is the account
  frameworks: ["cis-kubernetes/5.1.13"],
  references: ["kubernetes/pkg/registry/core/serviceaccount/storage/token.go"],
  knownAs: { kubescape: ["C-0282"] },
  rights: [{ verbs: ["create"], apiGroup: "", resources: ["serviceaccounts/token"] }],
  text: {
    en: {
      title: "Role issues service account tokens",
      message: "Creates tokens of service accounts; granted to {subjects}, namespaces {namespaces}",
      risk: "It becomes any service account in its reach.",
      fix: "Name the accounts in resourceNames.",
    },
    "zh-CN": {
      title: "Role 可签发 ServiceAccount 令牌",
      message: "可创建 ServiceAccount 令牌；授予 {subjects}，命名空间 {namespaces}",
      risk: "可成为其范围内任何 ServiceAccount。",
      fix: "用 resourceNames 列出具体账号。",
    },
  },
});
