// Selectors that no pod can satisfy, and address ranges that their exceptions use up.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { contradictions } from "../../quality/dead-names.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/contradictory-selector",
  severity: "low", // a rule that can never match is a mistake
  frameworks: [],
  references: ["k8s.io/apimachinery/pkg/apis/meta/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => contradictions(judged, view),
  text: {
    en: {
      title: "Selector that nothing can satisfy",
      message: "{place} contradicts itself: no pod and no address can ever match",
      risk: "What it should protect or admit is not what is protected or admitted.",
      fix: "Correct the requirements that exclude each other.",
    },
    "zh-CN": {
      title: "选择器无法被满足",
      message: "{place} 自相矛盾：任何 Pod 和地址都不可能匹配",
      risk: "它应当保护或放行的内容并没有被保护或放行。",
      fix: "更正相互排斥的条件。",
    },
  },
});
