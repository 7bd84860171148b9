// Workloads that a pod without labels in a namespace without labels reaches: whoever may create a pod anywhere.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { nameOf, networkRule } from "../../network-rule.ts";
import { isNoPort, openToStrangers } from "../../network-view.ts";
import { portsArgument } from "../../ports-argument.ts";

export const rule: ClusterRule = networkRule({
  id: "network/reachable-from-every-namespace",
  severity: "medium", // needs a foothold in the cluster first
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  knownAs: { kubescape: ["C-0049", "C-0054", "C-0260"] },
  subjects: ({ workloads }) => workloads,
  *judge({ resource, workload }, view) {
    const ports = openToStrangers(view, workload, "ingress");
    if (!isNoPort(ports)) yield { arguments: { ports: portsArgument(ports) }, evidence: nameOf(resource) };
  },
  text: {
    en: {
      title: "Workload is reachable from every namespace",
      message: "Any pod of the cluster reaches it, ports {ports}",
      risk: "One captured pod anywhere in the cluster can attack it.",
      fix: "Isolate its ingress with a NetworkPolicy, and allow the namespaces and pods that need it.",
    },
    "zh-CN": {
      title: "工作负载可从所有命名空间访问",
      message: "集群内任何 Pod 都能访问，端口 {ports}",
      risk: "集群中任何一个被攻陷的 Pod 都能攻击它。",
      fix: "用 NetworkPolicy 隔离其入站流量，只放行需要它的命名空间和 Pod。",
    },
  },
});
