// Neither a request nor a limit of ephemeral-storage.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { resourceRule } from "../../resource-rule.ts";

export const rule: PodRule = resourceRule({
  id: "workloads/ephemeral-storage-request-missing",
  severity: "low", // fills the node's disk, until pods are evicted and images collected
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go"],
  resource: "ephemeral-storage",
  missing: "requests",
  knownAs: { kubeScore: ["container-ephemeral-storage-request-and-limit"] },
  text: {
    en: {
      title: "Local storage is neither requested nor limited",
      message: "Container {name} neither requests ephemeral-storage nor limits it",
      risk: "It may fill the node's disk, and may be placed on a node without room for its files.",
      fix: "Set resources.requests and resources.limits of ephemeral-storage.",
    },
    "zh-CN": {
      title: "既未申请也未限制本地存储",
      message: "容器 {name} 既未申请也未限制 ephemeral-storage",
      risk: "它可能占满节点磁盘，也可能被调度到空间不足的节点。",
      fix: "在 resources.requests 和 resources.limits 中设置 ephemeral-storage。",
    },
  },
});
