// Adding containers to running pods (KEP-277).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/ephemeral-containers",
  severity: "high", // a container of the intruder's own in a running pod
  frameworks: [],
  references: ["KEP-277"],
  rights: [{ verbs: ["patch", "update"], apiGroup: "", resources: ["pods/ephemeralcontainers"] }],
  text: {
    en: {
      title: "Role adds containers to running pods",
      message: "Adds ephemeral containers; granted to {subjects}, namespaces {namespaces}",
      risk: "An added container shares the pod's network, and its processes when asked, with an image of the intruder's choice.",
      fix: "Remove pods/ephemeralcontainers; bind it for the time of a debugging session.",
    },
    "zh-CN": {
      title: "Role 可向运行中的 Pod 添加容器",
      message: "可添加临时容器；授予 {subjects}，命名空间 {namespaces}",
      risk: "新增容器共享 Pod 的网络，必要时还有进程，镜像由攻击者选择。",
      fix: "删除 pods/ephemeralcontainers；仅在调试期间绑定。",
    },
  },
});
