// A debugging container that is left in a pod: it cannot be removed, only the pod can (KEP-277).

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/ephemeral-container-present",
  severity: "low", // the tools that somebody needed once
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-277"],
  kinds: ["ephemeral"],
  isApplicable: ({ isPod }) => isPod,
  find: () => ({ field: ["name"] }),
  text: {
    en: {
      title: "Debugging container was left in a pod",
      message: "Container {name} was added for debugging",
      risk: "Its tools, and often its rights, stay within reach until the pod is deleted.",
      fix: "Delete the pod; its controller starts a clean one.",
    },
    "zh-CN": {
      title: "Pod 中遗留了调试容器",
      message: "容器 {name} 是为调试而添加的",
      risk: "它的工具以及往往更高的权限会一直留在 Pod 中，直到 Pod 被删除。",
      fix: "删除该 Pod，由控制器启动一个干净的 Pod。",
    },
  },
});
