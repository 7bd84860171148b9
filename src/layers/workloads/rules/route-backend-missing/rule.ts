// Back ends of Gateway API routes whose Service is not in the input.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { SERVICE } from "../../references/reference.ts";

const ROUTE_GROUP = "gateway.networking.k8s.io/";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/route-backend-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "Service"],
  frameworks: [],
  references: ["gateway-api/apis/v1/shared_types.go"],
  knownAs: { kubescape: ["C-0302"] },
  referrals: ({ referencesTo }) =>
    referencesTo(SERVICE).filter(({ entry }) => entry.facts.kind.startsWith(ROUTE_GROUP)),
  text: missingTexts(
    "Service",
    {
      risk: "The route answers with an error, and whoever may create a Service of that name gets its traffic.",
      fix: "Correct the name, remove the back end, or add the Service.",
    },
    {
      risk: "该路由返回错误；谁能创建同名 Service，谁就能接收它的流量。",
      fix: "更正名称、删除该后端，或补上该 Service。",
    },
  ),
});
