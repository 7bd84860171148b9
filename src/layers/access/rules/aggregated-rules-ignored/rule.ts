// A ClusterRole with rules of its own beside an aggregationRule.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { aggregationRule } from "../../aggregation-rule.ts";

export const rule: ClusterRule = aggregationRule({
  id: "access/aggregated-rules-ignored",
  severity: "low", // what it says is not what it grants
  frameworks: [],
  references: ["kubernetes/pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go"],
  judge: ({ record }) =>
    record.isStored || record.rules.rules.length === 0 ? [] : [{ path: ["rules"], value: record.rules.rules.length }],
  text: {
    en: {
      title: "Rules that will be overwritten",
      message:
        "Has rules of its own, which its aggregationRule replaces; granted to {subjects}, namespaces {namespaces}",
      risk: "The role does not grant what its file says.",
      fix: "Put the rules into a ClusterRole that the selectors match.",
    },
    "zh-CN": {
      title: "规则会被覆盖",
      message: "含有自己的规则，但会被 aggregationRule 替换；授予 {subjects}，命名空间 {namespaces}",
      risk: "该角色授予的并不是文件所写的。",
      fix: "把规则放进选择器能匹配的 ClusterRole。",
    },
  },
});
