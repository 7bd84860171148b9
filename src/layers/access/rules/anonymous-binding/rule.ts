// Rights for whoever does not authenticate.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";
import { isClusterInfo } from "../../cluster-info.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/anonymous-binding",
  severity: "critical", // rights without any credentials
  frameworks: [],
  references: ["apiserver/pkg/authentication/user"],
  knownAs: { kubescape: ["C-0262"] },
  judge: (binding) =>
    isClusterInfo(binding)
      ? []
      : subjectFaults(
          binding,
          ({ kind, name }) =>
            (kind === "User" && name === "system:anonymous") || (kind === "Group" && name === "system:unauthenticated"),
        ),
  text: {
    en: {
      title: "Rights without authentication",
      message: "Binds {role} to {subject}",
      risk: "Whoever reaches the API server has them; no password, token or certificate is needed.",
      fix: "Remove the subject; health checks need no binding.",
    },
    "zh-CN": {
      title: "无需认证即可获得权限",
      message: "将 {role} 绑定给 {subject}",
      risk: "任何能访问 API server 的人都拥有该权限，无需口令、令牌或证书。",
      fix: "删除该主体；健康检查不需要绑定。",
    },
  },
});
