// The Service that names the pods of a StatefulSet, which the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { SERVICE } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/stateful-set-service-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["StatefulSet", "Service"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/statefulset/stateful_set_utils.go"],
  knownAs: { kubeScore: ["statefulset-has-servicename"] },
  referrals: ({ referencesTo }) =>
    referencesTo(SERVICE).filter(
      ({ reference }) => reference.path.at(-1) === "serviceName" && reference.port === undefined,
    ),
  text: missingTexts(
    "Service",
    {
      risk: "Pods have no names in DNS; whoever creates the Service decides which pods answer to them.",
      fix: "Add a headless Service of that name, or correct spec.serviceName.",
    },
    {
      risk: "Pod 没有 DNS 名称；谁创建该 Service，谁就能决定由哪些 Pod 应答这些名称。",
      fix: "补上同名的无头 Service，或更正 spec.serviceName。",
    },
  ),
});
