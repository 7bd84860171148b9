// A request without a limit of cpu.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { resourceRule } from "../../resource-rule.ts";

export const rule: PodRule = resourceRule({
  id: "workloads/cpu-limit-missing",
  severity: "low", // slows its neighbours down to their requests
  since: "0.1.0",
  frameworks: ["nsa-cisa/resource-policies"],
  references: ["kubernetes/pkg/apis/core/v1/defaults.go", "KEP-2837"],
  knownAs: {
    kubescape: ["C-0009", "C-0050", "C-0270"],
    trivy: ["KSV-0011"],
    kubeLinter: ["unset-cpu-requirements"],
    polaris: ["cpuLimitsMissing"],
    checkov: ["CKV_K8S_11"],
    kubeScore: ["container-resources"],
  },
  resource: "cpu",
  missing: "limits",
  text: {
    en: {
      title: "CPU is requested without a limit",
      message: "Container {name} has no CPU limit",
      risk: "A busy or hijacked container takes all the processor time its neighbours have not requested.",
      fix: "Set resources.limits.cpu.",
    },
    "zh-CN": {
      title: "申请了 CPU 但未限制",
      message: "容器 {name} 没有 CPU 限制",
      risk: "繁忙或被劫持的容器会占用邻居未申请的全部 CPU 时间。",
      fix: "设置 resources.limits.cpu。",
    },
  },
});
