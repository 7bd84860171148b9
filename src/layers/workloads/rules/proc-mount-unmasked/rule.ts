// Pod Security Standards, baseline: procMount other than Default. Since v1.35 a pod in its own user namespace may.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/proc-mount-unmasked",
  severity: "high", // writable kernel settings in /proc are a known way to root on the node
  since: "0.1.0",
  check: "procMount",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.6.3", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_procMount.go", "KEP-4265"],
  knownAs: { kubescape: ["C-0211"], trivy: ["KSV-0027"], kubeLinter: ["unsafe-proc-mount"], polaris: ["procMount"] },
  text: {
    en: {
      title: "/proc is not masked",
      message: "Container {name} mounts /proc unmasked",
      risk: "Kernel settings and memory that the runtime hides under /proc can be read and written.",
      fix: "Remove procMount (the default is Default).",
    },
    "zh-CN": {
      title: "/proc 未被屏蔽",
      message: "容器 {name} 挂载了未屏蔽的 /proc",
      risk: "可读写运行时在 /proc 下隐藏的内核设置和内存。",
      fix: "删除 procMount（默认值为 Default）。",
    },
  },
});
