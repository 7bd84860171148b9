// Keys that pods ask of a Secret whose keys the input tells. Only names of keys are compared, never values.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingKeyRule } from "../../missing-key-rule.ts";
import { SECRET } from "../../references/reference.ts";

export const rule: ClusterRule = missingKeyRule(SECRET, {
  id: "workloads/secret-key-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "Secret"],
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/kubelet_pods.go", "kubernetes/pkg/volume/configmap/configmap.go"],
  text: {
    en: {
      title: "Key is not in the Secret",
      message: "Secret {target} has no key {key} (it has: {known})",
      risk: "The container does not start, or runs without the credential it was to check or present.",
      fix: "Use a key that the Secret has, or add it.",
    },
    "zh-CN": {
      title: "Secret 中没有所引用的键",
      message: "Secret {target} 没有键 {key}（现有：{known}）",
      risk: "容器无法启动，或者在缺少所需凭据的情况下运行。",
      fix: "使用 Secret 中存在的键，或补上该键。",
    },
  },
});
