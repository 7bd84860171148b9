// CIS 5.1.2 and 5.1.4: admin and edit in one namespace contain reading Secrets and creating pods.

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
  if (resource.id.namespace === "") return false;
  return role.rules.rules.some((rule, index) => givenBy(rule, index, POWERS).length > 0);
}

export const rule: ClusterRule = bindingRule({
  id: "access/default-role-in-namespace",
  severity: "low", // what it is made for, and it still reads Secrets
  frameworks: ["cis-kubernetes/5.1.2", "cis-kubernetes/5.1.4"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  judge: (binding) =>
    isMeant(binding)
      ? [{ key: "", evidence: [{ path: ["roleRef", "name"], value: binding.record.roleRef.name }] }]
      : [],
  text: {
    en: {
      title: "admin or edit reads every Secret of a namespace",
      message: "Binds {role} in {namespace}",
      risk: "Who holds it reads every Secret there and becomes every service account.",
      fix: "Bind a role without secrets and without create on pods where that is enough.",
    },
    "zh-CN": {
      title: "admin 或 edit 可读取命名空间内所有 Secret",
      message: "在 {namespace} 绑定 {role}",
      risk: "持有者可读取其中所有 Secret，并成为任何 ServiceAccount。",
      fix: "若已足够，请绑定不含 secrets、不能创建 Pod 的角色。",
    },
  },
});
