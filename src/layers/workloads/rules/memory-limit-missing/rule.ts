// A request without a limit of memory.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { resourceRule } from "../../resource-rule.ts";

export const rule: PodRule = resourceRule({
  id: "workloads/memory-limit-missing",
  severity: "medium", // starves every other pod of the node
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go", "KEP-2837"],
  knownAs: {
    kubescape: ["C-0004", "C-0009", "C-0271"],
    trivy: ["KSV-0018"],
    kubeLinter: ["unset-memory-requirements"],
    polaris: ["memoryLimitsMissing"],
    checkov: ["CKV_K8S_13"],
    kubeScore: ["container-resources"],
  },
  resource: "memory",
  missing: "limits",
  text: {
    en: {
      title: "Memory is requested without a limit",
      message: "Container {name} has no memory limit",
      risk: "A leak, or an attacker who allocates, takes the memory of the whole node: other pods are killed first.",
      fix: "Set resources.limits.memory, equal to the request.",
    },
    "zh-CN": {
      title: "申请了内存但未限制",
      message: "容器 {name} 没有内存限制",
      risk: "内存泄漏或攻击者的恶意分配会耗尽整个节点的内存，并先导致其他 Pod 被杀死。",
      fix: "设置 resources.limits.memory，并与 request 保持一致。",
    },
  },
});
