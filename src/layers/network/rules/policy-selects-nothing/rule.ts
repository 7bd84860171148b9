// Policies whose subject is no pod of the input.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { selectsNothing, subjectEvidence } from "../../policy-reach.ts";

export const rule: ClusterRule = networkRule({
  id: "network/policy-selects-nothing",
  severity: "low", // protects nothing, though it looks as if
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  knownAs: { kubescape: ["C-0299"], kubeLinter: ["dangling-networkpolicy"] },
  subjects: ({ policies }) => policies,
  judge: (judged, view) => (selectsNothing(judged, view) ? [{ evidence: subjectEvidence(judged) }] : []),
  text: {
    en: {
      title: "Policy selects no pod",
      message: "No pod of the input is selected",
      risk: "Who reads it believes that something is protected.",
      fix: "Correct the selector, or remove the policy.",
    },
    "zh-CN": {
      title: "策略没有选中任何 Pod",
      message: "输入中没有 Pod 被选中",
      risk: "看到它的人会以为有东西受到了保护。",
      fix: "更正选择器，或删除该策略。",
    },
  },
});
