// Ingress rules that admit everybody, or every public address, on every port.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { openRules } from "../../policy-reach.ts";

export const rule: ClusterRule = networkRule({
  id: "network/admits-everything",
  severity: "medium", // undoes every other ingress policy of its pods
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged) => openRules(judged),
  text: {
    en: {
      title: "Policy admits everybody on every port",
      message: "Ingress rule {rule} admits every public address on every port",
      risk: "NetworkPolicies add up: this rule makes all others of its pods worthless.",
      fix: "Name who may connect and on which port, or remove the rule.",
    },
    "zh-CN": {
      title: "策略在所有端口放行所有来源",
      message: "第 {rule} 条入站规则在所有端口放行所有公网地址",
      risk: "NetworkPolicy 是相加的：这条规则使其 Pod 的其他策略形同虚设。",
      fix: "写明谁可以连接以及连接哪个端口，或删除该规则。",
    },
  },
});
