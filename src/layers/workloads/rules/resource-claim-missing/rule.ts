// Device claims that pods name and the input does not have (KEP-4381).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { RESOURCE_CLAIM, RESOURCE_CLAIM_TEMPLATE } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/resource-claim-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["pod templates", "ResourceClaim", "ResourceClaimTemplate"],
  frameworks: [],
  references: ["kubernetes/pkg/scheduler/framework/plugins/dynamicresources"],
  referrals: ({ referencesTo }) => [...referencesTo(RESOURCE_CLAIM), ...referencesTo(RESOURCE_CLAIM_TEMPLATE)],
  text: missingTexts(
    "ResourceClaim(Template)",
    { risk: "The pod is never scheduled.", fix: "Correct the name, or add the ResourceClaim or its template." },
    { risk: "Pod 永远无法被调度。", fix: "更正名称，或补上该 ResourceClaim 或其模板。" },
  ),
});
