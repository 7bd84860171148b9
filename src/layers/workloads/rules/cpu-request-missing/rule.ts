// Neither a request nor a limit of cpu.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { resourceRule } from "../../resource-rule.ts";

export const rule: PodRule = resourceRule({
  id: "workloads/cpu-request-missing",
  severity: "low", // the processor time nobody has requested
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go", "KEP-2837"],
  knownAs: {
    kubescape: ["C-0009", "C-0050", "C-0268", "C-0270"],
    trivy: ["KSV-0015"],
    kubeLinter: ["unset-cpu-requirements"],
    polaris: ["cpuRequestsMissing"],
    checkov: ["CKV_K8S_10"],
    kubeScore: ["container-resources"],
  },
  resource: "cpu",
  missing: "requests",
  text: {
    en: {
      title: "CPU is neither requested nor limited",
      message: "Container {name} neither requests CPU nor limits it",
      risk: "It takes what is idle, gets next to nothing on a busy node, and autoscalers cannot compute its use.",
      fix: "Set resources.requests.cpu to what it usually takes, and a limit above it.",
    },
    "zh-CN": {
      title: "既未申请也未限制 CPU",
      message: "容器 {name} 既未申请也未限制 CPU",
      risk: "它会占用所有空闲 CPU，在繁忙的节点上却几乎得不到 CPU 时间，自动扩缩器也无法计算其利用率。",
      fix: "将 resources.requests.cpu 设为平时的用量，并设置更高的限制。",
    },
  },
});
