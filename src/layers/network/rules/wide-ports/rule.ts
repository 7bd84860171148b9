// Rules of NetworkPolicies with every port, or wide ranges, for pods that all declare their few ports.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule } from "../../network-rule.ts";
import { widerPorts } from "../../quality/breadth.ts";

export const rule: ClusterRule = networkRule({
  id: "network/wide-ports",
  severity: "low", // debug and metrics ports are open to who needs one port
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => widerPorts(judged, view),
  text: {
    en: {
      title: "Rule opens far more ports than the pods declare",
      message:
        "{place} opens ports {ports}, the pods declare {declared}; it is for workloads: {workloads}, in namespaces: {namespaces}. Narrower: ports: {narrower}",
      risk: "What listens without being declared (debuggers, metrics, an attacker's shell) is open too.",
      fix: "List the ports that are needed.",
    },
    "zh-CN": {
      title: "规则放行的端口远多于 Pod 声明的端口",
      message:
        "{place} 放行端口 {ports}，而 Pod 声明的端口为 {declared}；涉及 {namespaces} 个命名空间的 {workloads} 个工作负载。更窄的写法：ports: {narrower}",
      risk: "未声明却在监听的端口（调试器、指标、攻击者的 shell）也会开放。",
      fix: "只列出需要的端口。",
    },
  },
});
