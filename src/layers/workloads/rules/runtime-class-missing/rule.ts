// RuntimeClasses that pods name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { RUNTIME_CLASS } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/runtime-class-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["pod templates", "RuntimeClass"],
  frameworks: [],
  references: ["kubernetes/plugin/pkg/admission/runtimeclass/admission.go"],
  referrals: ({ referencesTo }) => referencesTo(RUNTIME_CLASS),
  text: missingTexts(
    "RuntimeClass",
    {
      risk: "The API server refuses the pods; those who need the sandbox in a hurry drop it.",
      fix: "Correct the name, or add the RuntimeClass.",
    },
    { risk: "API 服务器会拒绝这些 Pod；赶时间的人往往因此放弃沙箱。", fix: "更正名称，或补上该 RuntimeClass。" },
  ),
});
