// Rules of NetworkPolicies for every address, pods and nodes among them, on some ports.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { everyAddress } from "../../quality/breadth.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/every-address-admitted",
  severity: "low", // the inside of the cluster is meant as well, which is seldom wanted
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ policies }) => policies,
  judge: (judged, view) => everyAddress(judged, view),
  text: {
    en: {
      title: "Rule is for every address",
      message:
        "{place} is for every address on {ports}: the internet, the nodes, and the pods of the input, workloads: {workloads}, in namespaces: {namespaces}",
      risk: "What should lead to the outside leads to everything inside too.",
      fix: "Except private and link-local ranges, or name the addresses.",
    },
    "zh-CN": {
      title: "规则适用于所有地址",
      message:
        "{place} 在 {ports} 上适用于所有地址：互联网、节点以及输入中 {namespaces} 个命名空间的 {workloads} 个工作负载",
      risk: "本应只通向外部的流量也能到达集群内部的一切。",
      fix: "排除私有和链路本地地址段，或写明地址。",
    },
  },
});
