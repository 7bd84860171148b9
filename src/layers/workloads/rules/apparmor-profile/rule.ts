// Pod Security Standards, baseline: an AppArmor profile, in the fields or the beta annotation, other than the runtime's or a local one.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/apparmor-profile",
  severity: "medium", // one of several walls falls; a second weakness is still needed
  since: "0.1.0",
  check: "appArmorProfile",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.6.3", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_appArmorProfile.go", "KEP-24"],
  knownAs: { trivy: ["KSV-0002"] },
  text: {
    en: {
      title: "AppArmor is switched off",
      message: '{containers|Container |Pod}{name} sets the AppArmor profile to "{value}"',
      risk: "The kernel no longer keeps the container from mounting, tracing or writing to /proc and /sys.",
      fix: "Remove the profile, or set it to RuntimeDefault.",
    },
    "zh-CN": {
      title: "AppArmor 被关闭",
      message: "{containers|容器 |Pod}{name} 将 AppArmor 配置设为“{value}”",
      risk: "内核不再阻止容器执行挂载、跟踪进程以及写入 /proc 和 /sys。",
      fix: "删除该配置，或设为 RuntimeDefault。",
    },
  },
});
