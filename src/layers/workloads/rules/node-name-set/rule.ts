// nodeName in a template: the pods skip the scheduler (kubernetes/pkg/scheduler assigns only pods without one).

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/node-name-set",
  severity: "low", // a node of the author's choice, past taints and the scheduler
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["k8s.io/api/core/v1/types.go#PodSpec"],
  isApplicable: ({ isPod }) => !isPod,
  find: ({ spec }) => (spec.nodeName ? { field: ["spec", "nodeName"] } : undefined),
  text: {
    en: {
      title: "Pods are bound to a node by name",
      message: "Pods are bound to node {value}",
      risk: "They skip the scheduler: its taints, its resources, and whoever keeps workloads off that node.",
      fix: "Remove nodeName; use a nodeSelector or node affinity.",
    },
    "zh-CN": {
      title: "按名称将 Pod 绑定到节点",
      message: "Pod 绑定到节点 {value}",
      risk: "它们绕过调度器：不受污点、资源检查以及节点隔离措施的约束。",
      fix: "删除 nodeName，改用 nodeSelector 或节点亲和性。",
    },
  },
});
