// Rules of cluster policies that never decide: earlier rules take all that they match (network-policy-api `api-overview`).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { shadowedRules } from "../../quality/redundant-parts.ts";

export const rule: ClusterRule = networkRule({
  id: "network/shadowed-rule",
  severity: "medium", // a Deny that never decides protects nothing, though it is there to read
  frameworks: ["nsa-cisa/network-policies"],
  references: ["sigs.k8s.io/network-policy-api apis/v1alpha2"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => shadowedRules(judged, view),
  text: {
    en: {
      title: "Rule never decides",
      message: "{place} ({action}) never decides: {others} decide all that it matches",
      risk: "What the rule says is not what happens.",
      fix: "Put it before the rules that hide it, give its policy a lower priority number, or remove it.",
    },
    "zh-CN": {
      title: "规则永远不会生效",
      message: "{place}（{action}）永远不会生效：{others} 已决定其匹配的全部流量",
      risk: "实际行为与该规则的内容不同。",
      fix: "将其移到遮蔽它的规则之前，为其策略设置更小的优先级数值，或将其删除。",
    },
  },
});
