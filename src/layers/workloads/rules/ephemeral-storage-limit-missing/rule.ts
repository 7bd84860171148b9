// A request without a limit of ephemeral-storage.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { resourceRule } from "../../resource-rule.ts";

export const rule: PodRule = resourceRule({
  id: "workloads/ephemeral-storage-limit-missing",
  severity: "low", // fills the node's disk, until pods are evicted and images collected
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go"],
  resource: "ephemeral-storage",
  missing: "limits",
  knownAs: { kubeScore: ["container-ephemeral-storage-request-and-limit"] },
  text: {
    en: {
      title: "Local storage is requested without a limit",
      message: "Container {name} has no ephemeral-storage limit",
      risk: "Logs, temporary files or an attacker's data fill the node's disk, and other pods are evicted.",
      fix: "Set resources.limits.ephemeral-storage.",
    },
    "zh-CN": {
      title: "申请了本地存储但未限制",
      message: "容器 {name} 没有 ephemeral-storage 限制",
      risk: "日志、临时文件或攻击者的数据会占满节点磁盘，导致其他 Pod 被驱逐。",
      fix: "设置 resources.limits.ephemeral-storage。",
    },
  },
});
