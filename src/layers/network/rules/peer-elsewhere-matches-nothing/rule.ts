// Peers in other namespaces, which have pods, none of which is meant.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingPeersElsewhere } from "../../quality/dead-names.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/peer-elsewhere-matches-nothing",
  severity: "low", // a rule that admits nobody is a mistake or a leftover
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => missingPeersElsewhere(judged, view),
  text: {
    en: {
      title: "Policy names pods of other namespaces that are not there",
      message: "{place}: the namespaces {namespaces} have pods, and {peer} is none of them",
      risk: "The connection it should allow is closed, or waits for whoever takes the label.",
      fix: "Correct the selector, or remove the peer.",
    },
    "zh-CN": {
      title: "策略指定了其他命名空间中不存在的 Pod",
      message: "{place}：命名空间 {namespaces} 中有 Pod，但没有任何 Pod 是 {peer}",
      risk: "它本应放行的连接是关闭的，或者等着任何使用该标签的人。",
      fix: "更正选择器，或删除该对端。",
    },
  },
});
