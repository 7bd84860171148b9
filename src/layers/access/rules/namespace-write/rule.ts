// Changing labels of namespaces (KEP-2579).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/namespace-write",
  severity: "medium", // labels of namespaces decide over Pod Security and over networks
  frameworks: [],
  references: ["KEP-2579"],
  rights: [{ verbs: ["patch", "update"], apiGroup: "", resources: ["namespaces"] }],
  text: {
    en: {
      title: "Role changes namespaces",
      message: "Changes Namespaces; granted to {subjects}, namespaces {namespaces}",
      risk: "Their labels set the level of Pod Security and decide whom NetworkPolicies and webhooks select.",
      fix: "Name the namespaces in resourceNames, or leave labels to the platform.",
    },
    "zh-CN": {
      title: "Role 可修改 Namespace",
      message: "可修改 Namespace；授予 {subjects}，命名空间 {namespaces}",
      risk: "其标签决定 Pod Security 级别，以及 NetworkPolicy 和 webhook 选中谁。",
      fix: "用 resourceNames 列出命名空间，或将标签交给平台管理。",
    },
  },
});
