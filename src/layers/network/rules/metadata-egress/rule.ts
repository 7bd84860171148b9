// Workloads that reach the metadata API of cloud instances, 169.254.169.254.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { reachesMetadata } from "../../internet-egress.ts";
import { nameOf, networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/metadata-egress",
  severity: "medium", // a key to the cloud account where the instance settings allow it
  frameworks: ["nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: ({ workloads }) => workloads,
  judge: ({ resource, workload }, view) => (reachesMetadata(view, workload) ? [{ evidence: nameOf(resource) }] : []),
  text: {
    en: {
      title: "Workload reaches the cloud metadata API",
      message: "169.254.169.254 is reachable on TCP 80",
      risk: "On a cloud node it hands out the credentials of the node.",
      fix: "Isolate its egress with a NetworkPolicy that leaves out 169.254.0.0/16.",
    },
    "zh-CN": {
      title: "工作负载可以访问云元数据 API",
      message: "可以在 TCP 80 上访问 169.254.169.254",
      risk: "在云节点上，它会交出节点的凭据。",
      fix: "用 NetworkPolicy 隔离其出站流量，并排除 169.254.0.0/16。",
    },
  },
});
