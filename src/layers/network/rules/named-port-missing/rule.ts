// Ports that a NetworkPolicy names and that none of the pods has.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { missingPortNames } from "../../quality/dead-names.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/named-port-missing",
  severity: "low", // the connection that the rule should allow is closed
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => missingPortNames(judged, view),
  text: {
    en: {
      title: "Policy names a port that no pod has",
      message: "{place} opens the port {port}, and no pod it leads to has a port of that name and protocol",
      risk: "The connection is closed, and whoever needs it will open more than this port.",
      fix: "Use the name of the container port, with its protocol, or its number.",
    },
    "zh-CN": {
      title: "策略指定的端口名称不存在",
      message: "{place} 放行端口 {port}，但其目标 Pod 都没有该名称和协议的端口",
      risk: "连接是关闭的，需要它的人往往会放行更多端口。",
      fix: "使用容器端口的名称及其协议，或使用端口号。",
    },
  },
});
