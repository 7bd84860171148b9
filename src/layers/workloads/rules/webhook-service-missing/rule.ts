// Services that the API server is to call (webhooks, conversions, aggregated APIs) and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { SERVICE } from "../../references/reference.ts";

const KINDS: ReadonlySet<string> = new Set([
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
]);

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/webhook-service-missing",
  severity: "medium",
  since: "0.1.0",
  reads: [
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
    "CustomResourceDefinition",
    "APIService",
    "Service",
  ],
  frameworks: [],
  references: [
    "kubernetes/pkg/apis/admissionregistration/types.go",
    "kube-aggregator/pkg/apis/apiregistration/types.go",
  ],
  referrals: ({ referencesTo }) => referencesTo(SERVICE).filter(({ entry }) => KINDS.has(entry.facts.kind)),
  text: missingTexts(
    "Service",
    {
      risk: "With failurePolicy Fail every matching write is refused, with Ignore none is checked; whoever creates the Service is asked instead.",
      fix: "Correct namespace and name, add the Service, or remove the webhook.",
    },
    {
      risk: "failurePolicy 为 Fail 时所有匹配的写入都被拒绝，为 Ignore 时则完全不检查；谁创建该 Service，谁就代为应答。",
      fix: "更正命名空间和名称、补上该 Service，或删除该 webhook。",
    },
  ),
});
