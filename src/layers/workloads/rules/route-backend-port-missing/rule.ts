// Back ends of Gateway API routes that ask for a port their Service does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { servicePortRule } from "../../service-port-rule.ts";

export const rule: ClusterRule = servicePortRule({
  id: "workloads/route-backend-port-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "Service"],
  frameworks: [],
  references: ["gateway-api/apis/v1/shared_types.go"],
  from: (kind) => kind.startsWith("gateway.networking.k8s.io/"),
  text: {
    en: {
      title: "Route asks for a port the Service does not have",
      message: "Service {target} has no port {port} (it has: {known})",
      risk: "The route answers with an error.",
      fix: "Use a port of the Service.",
    },
    "zh-CN": {
      title: "路由引用了 Service 没有的端口",
      message: "Service {target} 没有端口 {port}（现有：{known}）",
      risk: "该路由返回错误。",
      fix: "使用 Service 已有的端口。",
    },
  },
});
