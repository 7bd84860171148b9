// Rules of NetworkPolicies whose peers are pods of every namespace.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { everyNamespace } from "../../quality/breadth.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/every-namespace-admitted",
  severity: "low", // whoever may create a pod anywhere is meant, today or tomorrow
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => everyNamespace(judged, view),
  text: {
    en: {
      title: "Rule is for pods of every namespace",
      message:
        "{place} is for pods of every namespace, those to come too; in the input, workloads: {workloads}, in namespaces: {namespaces}",
      risk: "Who may create a pod in any namespace, with the right label, is let through.",
      fix: "Select the namespaces by label or by kubernetes.io/metadata.name.",
    },
    "zh-CN": {
      title: "规则适用于所有命名空间的 Pod",
      message:
        "{place} 适用于所有命名空间的 Pod：输入中 {namespaces} 个命名空间的 {workloads} 个工作负载，以及之后创建的 Pod",
      risk: "能在任意命名空间创建带有相应标签的 Pod 的人都会被放行。",
      fix: "用标签或 kubernetes.io/metadata.name 选择命名空间。",
    },
  },
});
