// ServiceAccounts that pods run as and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { SERVICE_ACCOUNT } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/service-account-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "ServiceAccount"],
  frameworks: [],
  references: ["kubernetes/plugin/pkg/admission/serviceaccount/admission.go"],
  knownAs: { kubescape: ["C-0307"], kubeLinter: ["non-existent-service-account"] },
  referrals: ({ referencesTo }) => referencesTo(SERVICE_ACCOUNT),
  text: missingTexts(
    "ServiceAccount",
    {
      risk: "No pod is created, and whoever creates an account of that name finds the rights already bound to it.",
      fix: "Correct the name, or add the ServiceAccount.",
    },
    {
      risk: "Pod 无法创建；谁创建同名 ServiceAccount，谁就得到已绑定给它的权限。",
      fix: "更正名称，或补上该 ServiceAccount。",
    },
  ),
});
