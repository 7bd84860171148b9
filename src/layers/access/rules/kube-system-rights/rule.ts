// Rights in kube-system for those who do not live there.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule, subjectFaults } from "../../binding-rule.ts";
import { givenBy, type Right } from "../../right.ts";

const WRITES = ["create", "delete", "patch", "update"];
const POWERS: readonly Right[] = [
  { verbs: ["get", "list", "watch"], apiGroup: "", resources: ["secrets"] },
  { verbs: WRITES, apiGroup: "", resources: ["pods", "secrets"] },
  { verbs: WRITES, apiGroup: "apps", resources: ["daemonsets", "deployments", "statefulsets"] },
];

export const rule: ClusterRule = bindingRule({
  id: "access/kube-system-rights",
  severity: "medium", // the accounts that own the cluster live there
  frameworks: [],
  references: ["kubernetes/pkg/registry/rbac/validation/rule.go"],
  judge: (binding) => {
    const { resource, role, isDefaultRole } = binding;
    if (resource.id.namespace !== "kube-system" || isDefaultRole) return [];
    if (role?.rules.rules.some((rule, index) => givenBy(rule, index, POWERS).length > 0) !== true) return [];
    return subjectFaults(binding, ({ kind, name, namespace }) =>
      kind === "ServiceAccount" ? namespace !== "" && namespace !== "kube-system" : !name.startsWith("system:"),
    );
  },
  text: {
    en: {
      title: "Others have power in kube-system",
      message: "Grants {role} in kube-system to {subject}",
      risk: "What runs in kube-system owns the cluster, and so does who reads its Secrets or changes its pods.",
      fix: "Move the workload's objects to its own namespace, or grant them by name.",
    },
    "zh-CN": {
      title: "外部主体在 kube-system 拥有权力",
      message: "在 kube-system 将 {role} 授予 {subject}",
      risk: "kube-system 中运行的内容掌控集群，能读取其 Secret 或修改其 Pod 的人也一样。",
      fix: "把相关对象移到自己的命名空间，或按名称授权。",
    },
  },
});
