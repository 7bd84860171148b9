// A Role that names resources without a namespace.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { isClusterScoped } from "../../../../kubernetes/cluster-scoped.ts";
import { resourceNamed } from "../../questions/resource-names.ts";
import { roleRule } from "../../role-rule.ts";

/** Whether the plural is that of a built-in kind without a namespace; one Namespace is a request in itself. */
function clusterScopedKind(resource: string, group: string): boolean {
  const known = resourceNamed(resource, group);
  if (known === undefined || known.resource !== resource || resource === "namespaces") return false;
  return isClusterScoped(group === "" ? "v1" : `${group}/v1`, known.kind);
}

export const rule: ClusterRule = roleRule({
  id: "access/cluster-resource-in-role",
  severity: "low", // it grants nothing
  frameworks: [],
  references: ["apiserver/pkg/endpoints/request/requestinfo.go"],
  judge: (rule, index) =>
    rule.resources.flatMap((resource, at) => {
      const [name = ""] = resource.split("/");
      const kinds = rule.apiGroups.map((group) => clusterScopedKind(name, group));
      return kinds.length > 0 && kinds.every((is) => is)
        ? [{ path: ["rules", index, "resources", at], value: resource }]
        : [];
    }),
  isConcerned: ({ resource }) => resource.id.kind === "Role",
  text: {
    en: {
      title: "Role names what no namespace has",
      message: "Names cluster-scoped resources in a Role; granted to {subjects}, namespaces {namespaces}",
      risk: "It grants nothing; sooner or later somebody widens it until it works.",
      fix: "Move it to a ClusterRole, if the right is needed at all.",
    },
    "zh-CN": {
      title: "Role 中列出了集群范围的资源",
      message: "在 Role 中列出了集群范围的资源；授予 {subjects}，命名空间 {namespaces}",
      risk: "它不授予任何东西；迟早会有人放宽权限直到可用。",
      fix: "若确有需要，请移到 ClusterRole。",
    },
  },
});
