// ConfigMaps that pods name and the input does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingReferenceRule, missingTexts } from "../../missing-reference-rule.ts";
import { CONFIG_MAP } from "../../references/reference.ts";

export const rule: ClusterRule = missingReferenceRule({
  id: "workloads/configmap-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "ConfigMap"],
  frameworks: [],
  references: ["kubernetes/pkg/api/v1/pod/util.go"],
  referrals: ({ referencesTo }) => referencesTo(CONFIG_MAP),
  knownAs: { kubeLinter: ["env-value-from"] },
  text: missingTexts(
    "ConfigMap",
    {
      risk: "The pod does not start, and whoever may create a ConfigMap of that name decides how it is configured.",
      fix: "Correct the name, add the ConfigMap, or mark the reference optional.",
    },
    {
      risk: "Pod 无法启动；谁能创建同名 ConfigMap，谁就能决定它的配置。",
      fix: "更正名称、补上该 ConfigMap，或把引用标为 optional。",
    },
  ),
});
