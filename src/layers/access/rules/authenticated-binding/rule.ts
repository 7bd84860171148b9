// Rights for everyone who authenticates.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";
import { isClusterInfo } from "../../cluster-info.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/authenticated-binding",
  severity: "high", // rights for everyone with any credentials
  frameworks: [],
  references: ["apiserver/pkg/authentication/user"],
  knownAs: { kubescape: ["C-0265"] },
  judge: (binding) =>
    isClusterInfo(binding)
      ? []
      : subjectFaults(binding, ({ kind, name }) => kind === "Group" && name === "system:authenticated"),
  text: {
    en: {
      title: "Everyone who authenticates has rights",
      message: "Binds {role} to {subject}",
      risk: "Every user and every service account has them, a pod that was just taken over included.",
      fix: "Bind the group that is meant.",
    },
    "zh-CN": {
      title: "所有通过认证者都拥有权限",
      message: "将 {role} 绑定给 {subject}",
      risk: "每个用户和每个 ServiceAccount 都拥有，包括刚被攻破的 Pod。",
      fix: "绑定真正需要的组。",
    },
  },
});
