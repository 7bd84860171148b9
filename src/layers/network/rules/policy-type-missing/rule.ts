// Rules of a NetworkPolicy for a direction that its policyTypes leave out: they have no effect.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { unlistedDirections } from "../../quality/dead-names.ts";

export const rule: ClusterRule = networkRule({
  id: "network/policy-type-missing",
  severity: "medium", // pods that look isolated in a direction are not
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged) => unlistedDirections(judged),
  text: {
    en: {
      title: "Rules without effect, since policyTypes leaves their direction out",
      message: "The {field} rules have no effect: policyTypes does not list {type}",
      risk: "The pods look isolated in that direction, and are not by this policy.",
      fix: "Add the direction to policyTypes, or remove the rules.",
    },
    "zh-CN": {
      title: "policyTypes 未列出该方向，规则无效",
      message: "{field} 规则无效：policyTypes 没有列出 {type}",
      risk: "这些 Pod 看似在该方向上被隔离，但该策略并未隔离它们。",
      fix: "在 policyTypes 中加入该方向，或删除这些规则。",
    },
  },
});
