// Neither a request nor a limit of memory.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { resourceRule } from "../../resource-rule.ts";

export const rule: PodRule = resourceRule({
  id: "workloads/memory-request-missing",
  severity: "medium", // starves every other pod of the node
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go", "KEP-2837"],
  knownAs: {
    kubescape: ["C-0004", "C-0009", "C-0269", "C-0271"],
    trivy: ["KSV-0016"],
    kubeLinter: ["unset-memory-requirements"],
    polaris: ["memoryRequestsMissing"],
    checkov: ["CKV_K8S_12"],
    kubeScore: ["container-resources"],
  },
  resource: "memory",
  missing: "requests",
  text: {
    en: {
      title: "Memory is neither requested nor limited",
      message: "Container {name} neither requests memory nor limits it",
      risk: "It may take the memory of the whole node, and is the first to be evicted when others do.",
      fix: "Set resources.requests.memory and resources.limits.memory to the same amount.",
    },
    "zh-CN": {
      title: "既未申请也未限制内存",
      message: "容器 {name} 既未申请也未限制内存",
      risk: "它可能耗尽整个节点的内存；其他 Pod 用尽内存时，它又最先被驱逐。",
      fix: "将 resources.requests.memory 和 resources.limits.memory 设为相同的值。",
    },
  },
});
