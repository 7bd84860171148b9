// Gateway API routes that hang on a Gateway which is not in the input.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { GATEWAY } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/route-gateway-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "Gateway"],
  frameworks: [],
  references: ["gateway-api/apis/v1/shared_types.go"],
  referrals: ({ referencesTo }) => referencesTo(GATEWAY),
  text: missingTexts(
    "Gateway",
    {
      risk: "Nobody serves the route; whoever creates a Gateway of that name does, with their own listeners.",
      fix: "Correct the name or namespace in parentRefs, or add the Gateway.",
    },
    {
      risk: "没有网关处理该路由；谁创建同名 Gateway，谁就用自己的监听器处理它。",
      fix: "更正 parentRefs 中的名称或命名空间，或补上该 Gateway。",
    },
  ),
});
