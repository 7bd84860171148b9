// Pod Security Standards, baseline: a seccomp profile that is set must be the runtime's or a local one.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/seccomp-unconfined",
  severity: "medium", // every system call is open; a kernel flaw is still needed to get out
  since: "0.1.0",
  check: "seccompProfile_baseline",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.6.2", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_seccompProfile_baseline.go", "KEP-135"],
  knownAs: { kubescape: ["C-0210"], trivy: ["KSV-0104"], checkov: ["CKV_K8S_31"] },
  text: {
    en: {
      title: "Seccomp is switched off",
      message: '{containers|Container |Pod}{name} sets the seccomp profile to "{value}"',
      risk: "Every system call of the kernel is open to the container, and with it every flaw in one of them.",
      fix: "Set securityContext.seccompProfile.type to RuntimeDefault.",
    },
    "zh-CN": {
      title: "Seccomp 被关闭",
      message: "{containers|容器 |Pod}{name} 将 seccomp 配置设为“{value}”",
      risk: "容器可以发起内核的所有系统调用，也就能利用其中的任何漏洞。",
      fix: "将 securityContext.seccompProfile.type 设为 RuntimeDefault。",
    },
  },
});
