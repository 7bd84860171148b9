// NetworkPolicies without which every connection stays as it is, for every pod there could be.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { redundantPolicies } from "../../quality/redundant-parts.ts";

export const rule: ClusterRule = networkRule({
  id: "network/redundant-policy",
  severity: "low", // whoever removes one of the two believes that something changes
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => redundantPolicies(judged, view),
  text: {
    en: {
      title: "Policy adds nothing to other policies",
      message: "Every connection stays as it is without this policy: {others} admit and isolate the same",
      risk: "Removing or tightening it closes nothing.",
      fix: "Remove it, or the wider policy if that is the one that is not meant.",
    },
    "zh-CN": {
      title: "策略没有增加任何内容",
      message: "没有该策略，所有连接也保持不变：{others} 已放行并隔离相同的内容",
      risk: "删除或收紧该策略不会关闭任何连接。",
      fix: "删除该策略；如果更宽的策略才是多余的，则删除后者。",
    },
  },
});
