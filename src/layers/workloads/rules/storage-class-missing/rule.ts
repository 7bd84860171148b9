// StorageClasses that claims name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { STORAGE_CLASS } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/storage-class-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["PersistentVolumeClaim", "StatefulSet", "pod templates", "StorageClass"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/volume/persistentvolume/pv_controller.go"],
  referrals: ({ referencesTo }) => referencesTo(STORAGE_CLASS),
  text: missingTexts(
    "StorageClass",
    {
      risk: "The claim stays pending, and with it every pod that mounts it.",
      fix: "Correct the name, or add the StorageClass.",
    },
    { risk: "该声明一直处于 Pending，挂载它的 Pod 也无法启动。", fix: "更正名称，或补上该 StorageClass。" },
  ),
});
