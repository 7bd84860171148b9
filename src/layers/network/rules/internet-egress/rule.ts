// Workloads that reach every public address of a family on every port.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { reachesInternet } from "../../internet-egress.ts";
import { nameOf, networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/internet-egress",
  severity: "medium", // what carries data out once a pod is lost
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ workloads }) => workloads,
  judge: ({ resource, workload }, view) => (reachesInternet(view, workload) ? [{ evidence: nameOf(resource) }] : []),
  text: {
    en: {
      title: "Workload reaches the whole internet",
      message: "Every public address is reachable on every port",
      risk: "A captured pod loads tools, takes orders and carries data away unseen.",
      fix: "Isolate its egress with a NetworkPolicy, and allow DNS and the addresses it needs.",
    },
    "zh-CN": {
      title: "工作负载可以访问整个互联网",
      message: "可以在所有端口上访问所有公网地址",
      risk: "被攻陷的 Pod 可以下载工具、接收指令并悄悄带走数据。",
      fix: "用 NetworkPolicy 隔离其出站流量，只放行 DNS 和所需地址。",
    },
  },
});
