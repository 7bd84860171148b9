// Ingress back ends that ask for a port their Service does not have.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { servicePortRule } from "../../service-port-rule.ts";

export const rule: ClusterRule = servicePortRule({
  id: "workloads/ingress-backend-port-missing",
  severity: "medium",
  since: "0.1.0",
  reads: ["Ingress", "Service"],
  frameworks: [],
  references: ["kubernetes/pkg/apis/networking/types.go"],
  from: (kind) => kind === "networking.k8s.io/Ingress",
  text: {
    en: {
      title: "Ingress asks for a port the Service does not have",
      message: "Service {target} has no port {port} (it has: {known})",
      risk: "The path answers with an error.",
      fix: "Use a port of the Service, by its name or number.",
    },
    "zh-CN": {
      title: "Ingress 引用了 Service 没有的端口",
      message: "Service {target} 没有端口 {port}（现有：{known}）",
      risk: "该路径返回错误。",
      fix: "按名称或编号使用 Service 已有的端口。",
    },
  },
});
