// CIS 5.1.3: a wildcard among verbs.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { wildcardRule } from "../../wildcard-rule.ts";

export const rule: ClusterRule = wildcardRule({
  id: "access/wildcard-verbs",
  severity: "medium", // more than anybody meant, and what comes later too
  frameworks: ["cis-kubernetes/5.1.3"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go"],
  knownAs: { kubescape: ["C-0187"] },
  field: "verbs",
  text: {
    en: {
      title: "Role grants every verb",
      message: "Has * among verbs; granted to {subjects}, namespaces {namespaces}",
      risk: "It also grants what does not exist yet: new verbs, resources and groups come with every version.",
      fix: "List what is needed; an audit log shows what is used.",
    },
    "zh-CN": {
      title: "Role 授予所有动词",
      message: "verbs 中含有 *；授予 {subjects}，命名空间 {namespaces}",
      risk: "连尚不存在的也一并授予：每个版本都会带来新的动词、资源和组。",
      fix: "列出所需内容；审计日志会显示实际用到哪些。",
    },
  },
});
