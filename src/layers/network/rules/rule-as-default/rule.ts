// Rules of cluster policies that do what happens without them: a Pass, or an Accept in Baseline, before nothing.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { defaultRules } from "../../quality/redundant-parts.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/rule-as-default",
  severity: "low", // it reads like a decision and is none
  frameworks: [],
  references: ["sigs.k8s.io/network-policy-api apis/v1alpha2"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => defaultRules(judged, view),
  text: {
    en: {
      title: "Rule does what happens without it",
      message: "{place} ({action}) does what happens without it: no later rule of the tier decides otherwise",
      risk: "It reads like a decision and is none; the traffic is left to what comes after the tier.",
      fix: "Remove it, or put it before the rule that it is an exception to.",
    },
    "zh-CN": {
      title: "规则与没有它时的结果相同",
      message: "{place}（{action}）与没有它时的结果相同：该层级中没有后续规则作出不同的决定",
      risk: "它看似一个决定，其实不是；流量由该层级之后的内容决定。",
      fix: "删除该规则，或将其移到它应当例外的规则之前。",
    },
  },
});
