// CIS 5.1.2 and 5.1.4: a powerful default role in every namespace.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { BindingView } from "../../access-view.ts";
import { bindingRule } from "../../binding-rule.ts";
import { givenBy, type Right } from "../../right.ts";

const POWERS: readonly Right[] = [
  { verbs: ["get", "list", "watch"], apiGroup: "", resources: ["secrets"] },
  { verbs: ["create"], apiGroup: "", resources: ["pods", "serviceaccounts/token"] },
];

/** Of Kubernetes' own roles: those in the input are judged where they stand. */
function isMeant({ resource, record, role, isDefaultRole }: BindingView): boolean {
  if (!isDefaultRole || role === undefined || record.roleRef.name === "cluster-admin") return false;
  if (resource.id.namespace !== "") return false;
  return role.rules.rules.some((rule, index) => givenBy(rule, index, POWERS).length > 0);
}

export const rule: ClusterRule = bindingRule({
  id: "access/default-role-cluster-wide",
  severity: "high", // Secrets and pods of every namespace, kube-system too
  frameworks: ["cis-kubernetes/5.1.2", "cis-kubernetes/5.1.4"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  judge: (binding) =>
    isMeant(binding)
      ? [{ key: "", evidence: [{ path: ["roleRef", "name"], value: binding.record.roleRef.name }] }]
      : [],
  text: {
    en: {
      title: "A powerful default role reaches every namespace",
      message: "Binds {role} in the whole cluster",
      risk: "It reads Secrets or creates pods in every namespace, kube-system included.",
      fix: "Use RoleBindings in the namespaces that need it, or view.",
    },
    "zh-CN": {
      title: "强大的默认角色覆盖所有命名空间",
      message: "在整个集群绑定 {role}",
      risk: "可在所有命名空间（包括 kube-system）读取 Secret 或创建 Pod。",
      fix: "在需要的命名空间使用 RoleBinding，或改用 view。",
    },
  },
});
