// Pod Security Standards, baseline: sysctls that are not known to be isolated per pod. The list grew with the versions.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/unsafe-sysctl",
  severity: "medium", // some reach other pods or the whole node, but only through what the setting itself does
  since: "0.1.0",
  check: "sysctls",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.6.3", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_sysctls.go"],
  knownAs: { kubescape: ["C-0211"], trivy: ["KSV-0026"], kubeLinter: ["unsafe-sysctls"] },
  text: {
    en: {
      title: "Pod sets a sysctl that is not known to be isolated",
      message: "Pod sets sysctl {name}",
      risk: "It may change the behaviour of the kernel for other pods of the node, or starve them.",
      fix: "Remove it from securityContext.sysctls, or set it for the node.",
    },
    "zh-CN": {
      title: "Pod 设置了不安全的 sysctl",
      message: "Pod 设置了 sysctl {name}",
      risk: "可能改变节点上其他 Pod 的内核行为，或耗尽其资源。",
      fix: "从 securityContext.sysctls 中删除，或在节点上统一设置。",
    },
  },
});
