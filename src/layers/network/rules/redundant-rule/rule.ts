// Rules, and peers of rules, that add nothing to what other rules say already, for every pod there could be.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { redundantRules } from "../../quality/redundant-parts.ts";

export const rule: ClusterRule = networkRule({
  id: "network/redundant-rule",
  severity: "low", // whoever removes one of them believes that the connection is closed
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go", "sigs.k8s.io/network-policy-api apis/v1alpha2"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => redundantRules(judged, view),
  text: {
    en: {
      title: "Rule adds nothing to other rules",
      message: "{place} adds nothing to {others}; in place of {policies}: {smallest}",
      risk: "Taking the rule away closes nothing: what looks like the door is not the only one.",
      fix: "Remove it, or the wider rule if that is the one that is not meant.",
    },
    "zh-CN": {
      title: "规则没有增加任何内容",
      message: "{place} 没有在 {others} 之外增加任何内容；可将 {policies} 写为：{smallest}",
      risk: "删除该规则并不会关闭任何连接：看似唯一的入口其实不是。",
      fix: "删除该规则；如果更宽的规则才是多余的，则删除后者。",
    },
  },
});
