// PriorityClasses that pods name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { PRIORITY_CLASS } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/priority-class-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["pod templates", "PriorityClass"],
  frameworks: [],
  references: ["kubernetes/plugin/pkg/admission/priority/admission.go"],
  referrals: ({ referencesTo }) => referencesTo(PRIORITY_CLASS),
  text: missingTexts(
    "PriorityClass",
    { risk: "The API server refuses the pods.", fix: "Correct the name, or add the PriorityClass." },
    { risk: "API 服务器会拒绝这些 Pod。", fix: "更正名称，或补上该 PriorityClass。" },
  ),
});
