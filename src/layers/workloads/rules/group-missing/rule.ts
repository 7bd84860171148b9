// runAsUser without runAsGroup: unless the image knows the user, its primary group is 0 (containerd, CRI-O).

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/group-missing",
  severity: "low", // root's group, where everybody thinks of the user only
  since: "0.1.0",
  frameworks: ["nsa-cisa/non-root-containers"],
  references: ["k8s.io/cri-api/pkg/apis/runtime/v1/api.proto#LinuxContainerSecurityContext"],
  find: ({ container: { securityContext } }, { spec }) => {
    const user = securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
    const group = securityContext?.runAsGroup ?? spec.securityContext?.runAsGroup;
    return user != null && group == null ? { field: ["securityContext", "runAsGroup"], assumed: 0 } : undefined;
  },
  text: {
    en: {
      title: "User is set without a group",
      message: "Container {name} sets a user and no group",
      risk: "Its primary group is root's, unless the image's /etc/passwd knows the user.",
      fix: "Set runAsGroup beside runAsUser.",
    },
    "zh-CN": {
      title: "设置了用户却未设置组",
      message: "容器 {name} 设置了用户但未设置组",
      risk: "除非镜像的 /etc/passwd 中有该用户，否则其主组为 root 组。",
      fix: "在 runAsUser 旁设置 runAsGroup。",
    },
  },
});
