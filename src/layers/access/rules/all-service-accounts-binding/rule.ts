// Rights for every service account.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/all-service-accounts-binding",
  severity: "high", // rights for every pod
  frameworks: [],
  references: ["apiserver/pkg/authentication/serviceaccount/util.go"],
  judge: (binding) =>
    subjectFaults(
      binding,
      ({ kind, name }) =>
        kind === "Group" && (name === "system:serviceaccounts" || name.startsWith("system:serviceaccounts:")),
    ),
  text: {
    en: {
      title: "Every service account has rights",
      message: "Binds {role} to {subject}",
      risk: "Every pod there has them, also those that come later; so has whoever can create a pod.",
      fix: "Bind the service accounts that need them, by name.",
    },
    "zh-CN": {
      title: "所有 ServiceAccount 都拥有权限",
      message: "将 {role} 绑定给 {subject}",
      risk: "那里的每个 Pod 都拥有，包括以后创建的；能创建 Pod 的人也一样。",
      fix: "按名称绑定需要的 ServiceAccount。",
    },
  },
});
