// LoadBalancer Services that let everybody in, and policies that do not stop it.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { isInternal, opensToEverybody, services } from "../../doors.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/load-balancer-without-source-ranges",
  severity: "medium", // meant for the internet or forgotten: somebody must say which
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: services,
  judge: (service, view) =>
    service.view.type === "LoadBalancer" && !isInternal(service) && opensToEverybody(service, view)
      ? [{ evidence: [{ path: ["spec", "type"], value: "LoadBalancer" }] }]
      : [],
  text: {
    en: {
      title: "Load balancer is open to everybody",
      message: "No source range limits who may connect",
      risk: "The whole internet talks to the pods behind it.",
      fix: "Set loadBalancerSourceRanges, or make the load balancer an internal one.",
    },
    "zh-CN": {
      title: "负载均衡器对所有人开放",
      message: "没有来源范围限制谁可以连接",
      risk: "整个互联网都能与其后的 Pod 通信。",
      fix: "设置 loadBalancerSourceRanges，或使用内部负载均衡器。",
    },
  },
});
