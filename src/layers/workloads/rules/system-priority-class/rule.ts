// The priority classes of Kubernetes' own components, used outside kube-system.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/system-priority-class",
  severity: "low", // evicts other pods, the cluster's own included
  since: "0.1.0",
  frameworks: [],
  references: [
    "kubernetes/plugin/pkg/admission/priority",
    "kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods",
  ],
  find: ({ resource, spec }) =>
    SYSTEM.has(spec.priorityClassName ?? "") && resource.id.namespace !== "kube-system"
      ? { field: ["spec", "priorityClassName"] }
      : undefined,
  text: {
    en: {
      title: "Workload claims the priority of the cluster's components",
      message: "Workload has the priority class {value}",
      risk: "It evicts any other pod when nodes are full, and is never evicted itself.",
      fix: "Use a PriorityClass of your own, below the system's.",
    },
    "zh-CN": {
      title: "工作负载占用集群组件的优先级",
      message: "工作负载使用优先级类 {value}",
      risk: "节点资源不足时它会驱逐其他任何 Pod，而自身不会被驱逐。",
      fix: "使用自己的 PriorityClass，优先级低于系统类。",
    },
  },
});

const SYSTEM: ReadonlySet<string> = new Set(["system-node-critical", "system-cluster-critical"]);
