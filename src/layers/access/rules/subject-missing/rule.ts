// Bindings to service accounts that are not there.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";

export const rule: ClusterRule = bindingRule({
  id: "access/subject-missing",
  severity: "medium", // rights that wait for whoever creates the account
  reads: ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ServiceAccount"],
  frameworks: [],
  references: ["kubernetes/pkg/registry/rbac/validation/rule.go"],
  judge: (binding, { accounts }) =>
    subjectFaults(binding, ({ kind, name, namespace }) => {
      const home = namespace || binding.resource.id.namespace; // an empty namespace is absent
      if (kind !== "ServiceAccount" || name === "default" || home === "kube-system") return false;
      return accounts.get(home)?.has(name) === false;
    }),
  text: {
    en: {
      title: "Rights wait for an account that is not there",
      message: "Binds {role} to {subject}, which is not in the input",
      risk: "Whoever creates a service account of that name has them.",
      fix: "Remove the subject, or add the ServiceAccount.",
    },
    "zh-CN": {
      title: "权限在等待一个不存在的账号",
      message: "将 {role} 绑定给输入中不存在的 {subject}",
      risk: "谁创建同名的 ServiceAccount，谁就拥有该权限。",
      fix: "删除该主体，或补上 ServiceAccount。",
    },
  },
});
