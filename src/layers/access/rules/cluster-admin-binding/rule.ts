// CIS 5.1.1: a ClusterRoleBinding to cluster-admin beside the one that Kubernetes makes.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import type { BindingView } from "../../access-view.ts";
import { bindingRule } from "../../binding-rule.ts";

const isMeant = ({ resource, record }: BindingView): boolean =>
  resource.id.namespace === "" && record.roleRef.kind === "ClusterRole" && record.roleRef.name === "cluster-admin";

export const rule: ClusterRule = bindingRule({
  id: "access/cluster-admin-binding",
  severity: "critical", // the whole cluster
  frameworks: ["cis-kubernetes/5.1.1"],
  references: ["kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go"],
  knownAs: { kubescape: ["C-0185"] },
  judge: (binding) =>
    isMeant(binding)
      ? [{ key: "", evidence: [{ path: ["roleRef", "name"], value: binding.record.roleRef.name }] }]
      : [],
  text: {
    en: {
      title: "Somebody is made cluster-admin",
      message: "Binds {role} in the whole cluster",
      risk: "Whoever takes over one of its subjects owns the cluster.",
      fix: "Bind a role that lists what is needed, in the namespaces that need it.",
    },
    "zh-CN": {
      title: "授予了 cluster-admin",
      message: "在整个集群绑定 {role}",
      risk: "攻破其中任何一个主体，就等于掌控集群。",
      fix: "绑定只列出所需权限的角色，并只在需要的命名空间绑定。",
    },
  },
});
