// Services that let the outside reach remote control or data stores: SSH, databases, caches, the container runtime.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { sensitivePorts, services } from "../../doors.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/sensitive-port-from-outside",
  severity: "high", // remote control or the data themselves, one password away
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  subjects: services,
  judge: (service, view) => sensitivePorts(service, view),
  text: {
    en: {
      title: "A port for administrators or data is reachable from outside",
      message: "{service} (port {port}) is reachable from outside the cluster",
      risk: "One password, or none, stands between the internet and the data.",
      fix: "Take the Service out of the reach of the outside, or limit its sources to private networks.",
    },
    "zh-CN": {
      title: "管理或数据端口可从集群外访问",
      message: "{service}（端口 {port}）可从集群外访问",
      risk: "互联网与数据之间只隔着一个密码，甚至没有密码。",
      fix: "不要让外部访问该 Service，或将来源限制为私有网络。",
    },
  },
});
