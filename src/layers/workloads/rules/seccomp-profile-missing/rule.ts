// Pod Security Standards, restricted since v1.19: a seccomp profile must be set, by the pod or by each container. Profiles
// that are refused are seccomp-unconfined's finding.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/seccomp-profile-missing",
  severity: "low", // what a default profile would stop is open, unless the kubelet sets one by default
  since: "0.1.0",
  check: "seccompProfile_restricted",
  beyond: "seccompProfile_baseline",
  frameworks: ["pod-security-standards/restricted", "cis-kubernetes/5.6.2", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_seccompProfile_restricted.go", "KEP-2413"],
  knownAs: {
    kubescape: ["C-0055", "C-0210"],
    trivy: ["KSV-0030"],
    polaris: ["linuxHardening"],
    checkov: ["CKV_K8S_31"],
    kubeScore: ["container-seccomp-profile"],
  },
  text: {
    en: {
      title: "No seccomp profile is set",
      message: "Container {name} has no seccomp profile",
      risk: "Unless the kubelet sets one by default, every system call of the kernel is open to the container.",
      fix: "Set securityContext.seccompProfile.type to RuntimeDefault for the pod.",
    },
    "zh-CN": {
      title: "未设置 seccomp 配置",
      message: "容器 {name} 没有 seccomp 配置",
      risk: "除非 kubelet 设置了默认配置，否则容器可以发起内核的所有系统调用。",
      fix: "在 Pod 上将 securityContext.seccompProfile.type 设为 RuntimeDefault。",
    },
  },
});
