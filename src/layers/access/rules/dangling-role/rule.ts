// Bindings to roles that are not there.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { bindingRule } from "../../binding-rule.ts";

/** Managed clusters and add-ons bring roles of these names. */
const isNotOurs = (name: string): boolean => name.startsWith("system:");

export const rule: ClusterRule = bindingRule({
  id: "access/dangling-role",
  severity: "medium", // whoever creates the role decides what it grants
  frameworks: [],
  references: ["kubernetes/pkg/registry/rbac/validation/rule.go"],
  judge: ({ record, role, resource }, { roles }) => {
    if (role !== undefined || isNotOurs(record.roleRef.name)) return [];
    // Parts of a cluster: where the input has no role of the kind at all, the role may well be elsewhere.
    const isSearched = roles.some(({ resource: { id } }) => id.kind === record.roleRef.kind);
    if (record.roleRef.kind === "ClusterRole" && !isSearched && resource.provenance.kind === "file") return [];
    return [{ key: "", evidence: [{ path: ["roleRef", "name"], value: record.roleRef.name }] }];
  },
  text: {
    en: {
      title: "A role that is not there is bound",
      message: "Binds {role}, which is not in the input, namespaces {namespace}",
      risk: "It grants nothing today; whoever creates a role of that name decides what the subjects may do.",
      fix: "Remove the binding, or add the role.",
    },
    "zh-CN": {
      title: "绑定了不存在的角色",
      message: "绑定了输入中不存在的 {role}，命名空间 {namespace}",
      risk: "今天它不授予任何东西；谁创建同名角色，谁就决定这些主体能做什么。",
      fix: "删除该绑定，或补上角色。",
    },
  },
});
