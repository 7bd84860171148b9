// Services with external addresses (CVE-2020-8554).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { services } from "../../doors.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/external-ips",
  severity: "medium", // takes traffic meant for others, by no more than a Service (CVE-2020-8554)
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: services,
  judge: ({ view }) => {
    const addresses = (view.spec.externalIPs ?? []).filter((one) => one != null);
    if (addresses.length === 0) return [];
    const evidence = [{ path: ["spec", "externalIPs"], value: addresses }];
    return [{ arguments: { addresses: addresses.join(", ") }, evidence }];
  },
  text: {
    en: {
      title: "Service takes over external addresses",
      message: "Traffic of the cluster to {addresses} goes to this Service",
      risk: "Whoever may write Services can read and answer traffic that pods send to any address.",
      fix: "Remove externalIPs; let a load balancer assign addresses.",
    },
    "zh-CN": {
      title: "Service 接管外部地址",
      message: "集群发往 {addresses} 的流量会进入该 Service",
      risk: "能写 Service 的人可以读取并应答 Pod 发往任意地址的流量。",
      fix: "删除 externalIPs，由负载均衡器分配地址。",
    },
  },
});
