// Keys that pods ask of a ConfigMap of the input and that it does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingKeyRule } from "../../missing-key-rule.ts";
import { CONFIG_MAP } from "../../references/reference.ts";

export const rule: ClusterRule = missingKeyRule(CONFIG_MAP, {
  id: "workloads/configmap-key-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["pod templates", "ConfigMap"],
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/kubelet_pods.go", "kubernetes/pkg/volume/configmap/configmap.go"],
  text: {
    en: {
      title: "Key is not in the ConfigMap",
      message: "ConfigMap {target} has no key {key} (it has: {known})",
      risk: "The container does not start, or finds an empty directory where it expects its configuration.",
      fix: "Use a key that the ConfigMap has, or add it.",
    },
    "zh-CN": {
      title: "ConfigMap 中没有所引用的键",
      message: "ConfigMap {target} 没有键 {key}（现有：{known}）",
      risk: "容器无法启动，或者在应有配置文件的位置得到一个空目录。",
      fix: "使用 ConfigMap 中存在的键，或补上该键。",
    },
  },
});
