// Peers in the own namespace of a policy that are no pod of the input.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { emptyPeers } from "../../policy-reach.ts";

export const rule: ClusterRule = networkRule({
  id: "network/peer-matches-nothing",
  severity: "low", // a rule that admits nobody is a mistake or a leftover
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  knownAs: { kubeLinter: ["dangling-networkpolicypeer-podselector"] },
  subjects: ({ policies }) => policies,
  judge: (judged, view) => emptyPeers(judged, view),
  text: {
    en: {
      title: "Policy names a peer that is no pod",
      message: "The peer {peer} is no pod of the input",
      risk: "The connection it should allow is closed, or waits for whoever takes the label.",
      fix: "Correct the selector, or remove the peer.",
    },
    "zh-CN": {
      title: "策略指定的对端不是任何 Pod",
      message: "对端 {peer} 不是输入中的任何 Pod",
      risk: "它本应放行的连接是关闭的，或者等着任何使用该标签的人。",
      fix: "更正选择器，或删除该对端。",
    },
  },
});
