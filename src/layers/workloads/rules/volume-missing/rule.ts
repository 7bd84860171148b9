// PersistentVolumes that claims are bound to by name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { VOLUME } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/volume-missing",
  severity: "low",
  since: "0.1.0",
  reads: ["PersistentVolumeClaim", "PersistentVolume"],
  frameworks: [],
  references: ["kubernetes/pkg/controller/volume/persistentvolume/pv_controller.go"],
  referrals: ({ referencesTo }) => referencesTo(VOLUME),
  text: missingTexts(
    "PersistentVolume",
    {
      risk: "The claim stays pending, and whoever creates the volume decides where its data goes.",
      fix: "Correct spec.volumeName, remove it, or add the PersistentVolume.",
    },
    {
      risk: "该声明一直处于 Pending；谁创建这个卷，谁就决定数据写到哪里。",
      fix: "更正或删除 spec.volumeName，或补上该 PersistentVolume。",
    },
  ),
});
