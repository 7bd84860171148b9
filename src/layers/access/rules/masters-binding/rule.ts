// CIS 5.1.7: bindings for system:masters.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/masters-binding",
  severity: "high", // a group that no binding governs
  frameworks: ["cis-kubernetes/5.1.7"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  knownAs: { kubescape: ["C-0246"] },
  judge: (binding) => subjectFaults(binding, ({ kind, name }) => kind === "Group" && name === "system:masters"),
  text: {
    en: {
      title: "A binding names system:masters",
      message: "Binds {role} to {subject}",
      risk: "Members are allowed everything before RBAC is asked: the binding grants nothing, and hides that they exist.",
      fix: "Remove the binding, and issue no certificates with O=system:masters.",
    },
    "zh-CN": {
      title: "绑定中出现 system:masters",
      message: "将 {role} 绑定给 {subject}",
      risk: "其成员在询问 RBAC 之前就被允许一切：该绑定不授予任何东西，只会掩盖其存在。",
      fix: "删除该绑定，不要签发 O=system:masters 的证书。",
    },
  },
});
