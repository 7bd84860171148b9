// Pod Security Standards, baseline: capabilities beyond those a container runtime gives by default.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/added-capabilities",
  severity: "high", // several of them (SYS_ADMIN, SYS_PTRACE, SYS_MODULE, NET_ADMIN, …) are root on the node by themselves
  since: "0.1.0",
  check: "capabilities_baseline",
  frameworks: [
    "pod-security-standards/baseline",
    "cis-kubernetes/5.2.8",
    "cis-kubernetes/5.2.9",
    "nsa-cisa/pod-security",
  ],
  references: ["pod-security-admission/policy/check_capabilities_baseline.go"],
  knownAs: {
    kubescape: ["C-0046", "C-0199", "C-0200", "C-0201", "C-0219"],
    trivy: ["KSV-0005", "KSV-0022", "KSV-0119", "KSV-0120"],
    polaris: ["dangerousCapabilities"],
    checkov: ["CKV_K8S_25", "CKV_K8S_39"],
  },
  text: {
    en: {
      title: "Container adds dangerous capabilities",
      message: "Container {name} adds {value}",
      risk: "Capabilities such as SYS_ADMIN, SYS_PTRACE or NET_ADMIN undo the isolation of the container.",
      fix: "Remove them from capabilities.add, or replace them by the one that is really used.",
    },
    "zh-CN": {
      title: "容器添加了危险的 capability",
      message: "容器 {name} 添加了 {value}",
      risk: "SYS_ADMIN、SYS_PTRACE、NET_ADMIN 等 capability 会破坏容器隔离。",
      fix: "从 capabilities.add 中删除，或仅保留真正用到的那一项。",
    },
  },
});
