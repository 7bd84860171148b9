// CIS 5.1.1: a RoleBinding to cluster-admin.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { BindingView } from "../../access-view.ts";
import { bindingRule } from "../../binding-rule.ts";

const isMeant = ({ resource, record }: BindingView): boolean =>
  resource.id.namespace !== "" && record.roleRef.kind === "ClusterRole" && record.roleRef.name === "cluster-admin";

export const rule: ClusterRule = bindingRule({
  id: "access/cluster-admin-in-namespace",
  severity: "high", // the whole namespace, and what its pods may reach
  frameworks: ["cis-kubernetes/5.1.1"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  knownAs: { kubescape: ["C-0185"] },
  judge: (binding) =>
    isMeant(binding)
      ? [{ key: "", evidence: [{ path: ["roleRef", "name"], value: binding.record.roleRef.name }] }]
      : [],
  text: {
    en: {
      title: "Somebody may do everything in a namespace",
      message: "Binds {role} in {namespace}",
      risk: "It owns every account, Secret and pod of the namespace, and its quotas and roles too.",
      fix: "Bind admin or edit instead, or a role that lists what is needed.",
    },
    "zh-CN": {
      title: "授予了命名空间内的全部权限",
      message: "在 {namespace} 绑定 {role}",
      risk: "可掌控该命名空间的所有账号、Secret 和 Pod，以及配额和角色。",
      fix: "改为绑定 admin 或 edit，或只列出所需权限的角色。",
    },
  },
});
