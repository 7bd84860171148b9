// A ClusterRole that gathers every other ClusterRole.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { aggregationRule } from "../../aggregation-rule.ts";

export const rule: ClusterRule = aggregationRule({
  id: "access/aggregation-selects-everything",
  severity: "critical", // it gathers cluster-admin
  frameworks: [],
  references: ["kubernetes/pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go"],
  judge: ({ record }) =>
    (record.selectors ?? []).flatMap(({ matchLabels, matchExpressions }, index) =>
      Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length > 0
        ? []
        : [{ path: ["aggregationRule", "clusterRoleSelectors", index], value: {} }],
    ),
  text: {
    en: {
      title: "A role gathers all others",
      message: "Gathers the rules of every ClusterRole; granted to {subjects}, namespaces {namespaces}",
      risk: "cluster-admin is among them.",
      fix: "Select by a label of its own.",
    },
    "zh-CN": {
      title: "角色聚合了所有其他角色",
      message: "聚合了所有 ClusterRole 的规则；授予 {subjects}，命名空间 {namespaces}",
      risk: "cluster-admin 也在其中。",
      fix: "用专用标签进行选择。",
    },
  },
});
