// Rules of NetworkPolicies that are never asked today: the Admin tier decides all that they would admit.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { decidedAbove } from "../../quality/today.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/rule-overruled",
  severity: "low", // the rule is not what happens, whichever way the tier decides
  frameworks: [],
  references: ["sigs.k8s.io/network-policy-api apis/v1alpha2"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => decidedAbove(judged, view),
  text: {
    en: {
      title: "Rule is overruled by a higher tier",
      message: "{place} admits nothing by itself today: {others} decide before it",
      risk: "What the rule says is not what happens.",
      fix: "Remove the rule, or let the Admin policy pass this traffic on.",
    },
    "zh-CN": {
      title: "规则被更高层级取代",
      message: "{place} 目前自身不放行任何流量：{others} 先作出决定",
      risk: "实际行为与该规则的内容不同。",
      fix: "删除该规则，或让 Admin 策略将此流量交给下一层（Pass）。",
    },
  },
});
