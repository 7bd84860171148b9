// IngressClasses that Ingresses name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { INGRESS_CLASS } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/ingress-class-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["Ingress", "IngressClass"],
  frameworks: [],
  references: ["kubernetes/pkg/apis/networking/types.go"],
  referrals: ({ referencesTo }) => referencesTo(INGRESS_CLASS),
  text: missingTexts(
    "IngressClass",
    {
      risk: "No controller takes the Ingress, until somebody creates a class of that name and takes its traffic.",
      fix: "Correct spec.ingressClassName, or add the IngressClass.",
    },
    {
      risk: "没有控制器处理该 Ingress；谁创建同名 IngressClass，谁就能接管它的流量。",
      fix: "更正 spec.ingressClassName，或补上该 IngressClass。",
    },
  ),
});
