// Ingress back ends whose Service is not in the input.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { SERVICE } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/ingress-backend-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["Ingress", "Service"],
  frameworks: [],
  references: ["kubernetes/pkg/apis/networking/types.go"],
  knownAs: { kubescape: ["C-0298"], kubeLinter: ["dangling-ingress"], kubeScore: ["ingress-targets-service"] },
  referrals: ({ referencesTo }) =>
    referencesTo(SERVICE).filter(({ entry }) => entry.facts.kind === "networking.k8s.io/Ingress"),
  text: missingTexts(
    "Service",
    {
      risk: "The path answers with an error, and whoever may create a Service of that name gets its traffic.",
      fix: "Correct the name, remove the path, or add the Service.",
    },
    {
      risk: "该路径返回错误；谁能创建同名 Service，谁就能接收它的流量。",
      fix: "更正名称、删除该路径，或补上该 Service。",
    },
  ),
});
