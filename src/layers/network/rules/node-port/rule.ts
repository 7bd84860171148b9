// Services that open a port on every node.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { services } from "../../doors.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/node-port",
  severity: "low", // often meant, but every node becomes a door
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: services,
  judge: ({ view }) =>
    view.type === "NodePort" ? [{ evidence: [{ path: ["spec", "type"], value: "NodePort" }] }] : [],
  text: {
    en: {
      title: "Service opens a port on every node",
      message: "Every node listens for it",
      risk: "Whoever reaches a node reaches the pods, past the load balancer and its filters.",
      fix: "Use ClusterIP behind an Ingress or Gateway.",
    },
    "zh-CN": {
      title: "Service 在每个节点上开放端口",
      message: "每个节点都为它监听",
      risk: "能访问节点的人就能绕过负载均衡器及其过滤访问 Pod。",
      fix: "使用 ClusterIP，并置于 Ingress 或 Gateway 之后。",
    },
  },
});
