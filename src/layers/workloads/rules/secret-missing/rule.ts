// Secrets that are named and that neither the input has nor anything in it makes. Values are never read.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { SECRET } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/secret-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "ServiceAccount", "Ingress", "Gateway", "Secret"],
  frameworks: [],
  references: ["kubernetes/pkg/api/v1/pod/util.go"],
  referrals: ({ referencesTo }) => referencesTo(SECRET),
  knownAs: { kubeLinter: ["env-value-from"] },
  text: missingTexts(
    "Secret",
    {
      risk: "The pod does not start, and whoever may create a Secret of that name chooses the credential it trusts.",
      fix: "Correct the name, or add what makes the Secret (an ExternalSecret, a Certificate, a SealedSecret).",
    },
    {
      risk: "Pod 无法启动；谁能创建同名 Secret，谁就能决定它信任的凭据。",
      fix: "更正名称，或补上生成该 Secret 的对象（ExternalSecret、Certificate、SealedSecret）。",
    },
  ),
});
