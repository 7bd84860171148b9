// GatewayClasses that Gateways name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { GATEWAY_CLASS } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/gateway-class-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["Gateway", "GatewayClass"],
  frameworks: [],
  references: ["gateway-api/apis/v1/gateway_types.go"],
  referrals: ({ referencesTo }) => referencesTo(GATEWAY_CLASS),
  text: missingTexts(
    "GatewayClass",
    {
      risk: "No controller takes the Gateway, until somebody creates a class of that name and takes its traffic.",
      fix: "Correct spec.gatewayClassName, or add the GatewayClass.",
    },
    {
      risk: "没有控制器处理该 Gateway；谁创建同名 GatewayClass，谁就能接管它的流量。",
      fix: "更正 spec.gatewayClassName，或补上该 GatewayClass。",
    },
  ),
});
