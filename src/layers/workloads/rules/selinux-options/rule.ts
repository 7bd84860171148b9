// Pod Security Standards, baseline: SELinux types outside the container families, and any user or role.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/selinux-options",
  severity: "medium", // a wall falls only where SELinux enforces; there, spc_t is as good as privileged
  since: "0.1.0",
  check: "seLinuxOptions",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.6.3", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_seLinuxOptions.go"],
  knownAs: { kubescape: ["C-0211"], trivy: ["KSV-0025"] },
  text: {
    en: {
      title: "SELinux confinement is left",
      message: "{containers|Container |Pod}{name} sets SELinux options outside the container types: {value}",
      risk: "On nodes that enforce SELinux the process leaves the confinement that all containers share.",
      fix: "Remove user and role, and use a container type (or no seLinuxOptions at all).",
    },
    "zh-CN": {
      title: "脱离 SELinux 限制",
      message: "{containers|容器 |Pod}{name} 的 SELinux 选项超出容器类型：{value}",
      risk: "在强制启用 SELinux 的节点上，进程会脱离所有容器共有的限制。",
      fix: "删除 user 和 role，并使用容器类型（或完全不设置 seLinuxOptions）。",
    },
  },
});
