// Pod Security Standards, restricted since v1.35: /proc stays masked even in a user namespace. Without one it is
// proc-mount-unmasked's finding.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/proc-mount-in-user-namespace",
  severity: "low", // root in there is nobody on the node, so the open files of /proc mostly refuse
  since: "0.1.0",
  check: "procMount_restricted",
  beyond: "procMount",
  frameworks: ["pod-security-standards/restricted"],
  references: ["pod-security-admission/policy/check_procMount_restricted.go", "KEP-4265"],
  text: {
    en: {
      title: "/proc is not masked in a user namespace",
      message: "Container {name} mounts /proc unmasked, in a user namespace",
      risk: "More of the kernel is in reach than a container needs: a flaw there is a step towards the node.",
      fix: "Remove procMount (the default is Default).",
    },
    "zh-CN": {
      title: "用户命名空间中的 /proc 未被屏蔽",
      message: "容器 {name} 在用户命名空间中挂载了未屏蔽的 /proc",
      risk: "可触及的内核范围超出容器所需：其中的漏洞可能通向节点。",
      fix: "删除 procMount（默认值为 Default）。",
    },
  },
});
