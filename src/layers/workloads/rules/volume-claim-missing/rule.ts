// PersistentVolumeClaims that pods mount and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { VOLUME_CLAIM } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/volume-claim-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "PersistentVolumeClaim"],
  frameworks: [],
  references: ["kubernetes/pkg/scheduler/framework/plugins/volumebinding"],
  referrals: ({ referencesTo }) => referencesTo(VOLUME_CLAIM),
  text: missingTexts(
    "PersistentVolumeClaim",
    { risk: "The pod is never scheduled.", fix: "Correct the name, or add the PersistentVolumeClaim." },
    { risk: "Pod 永远无法被调度。", fix: "更正名称，或补上该 PersistentVolumeClaim。" },
  ),
});
