// Workloads that the outside reaches, not from named sources only, with the chain that proves it.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { networkRule, NETWORK_READS } from "../../network-rule.ts";
import { openToOutside } from "../../quality/outside-doors.ts";

const ROUTES = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "ReferenceGrant"] as const;

export const rule: ClusterRule = networkRule({
  id: "network/reachable-from-outside",
  severity: "low", // often meant: this is the list of what must hold against the internet
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go", "sigs.k8s.io/gateway-api apis/v1"],
  knownAs: { kubescape: ["C-0256", "C-0266"] },
  reads: [...NETWORK_READS, ...ROUTES],
  subjects: ({ everyWorkload }) => everyWorkload,
  judge: (judged, view) => openToOutside(judged, view),
  text: {
    en: {
      title: "Workload is reachable from outside",
      message: "Reachable from outside the cluster on {ports}, through {doors}",
      risk: "Whoever finds a hole in it needs no foothold in the cluster first.",
      fix: "Remove the door, limit its sources, or keep the workload's policies closed to what forwards the traffic.",
    },
    "zh-CN": {
      title: "工作负载可从集群外访问",
      message: "可从集群外通过 {doors} 访问 {ports}",
      risk: "发现其漏洞的人不需要先在集群内取得立足点。",
      fix: "移除入口、限制其来源，或用策略阻止转发流量的组件访问该工作负载。",
    },
  },
});
