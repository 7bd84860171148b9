// Services that the API server is to call at a port they do not have; 443 where none is given.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { servicePortRule } from "../../service-port-rule.ts";

const CALLERS: ReadonlySet<string> = new Set([
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
]);

export const rule: ClusterRule = servicePortRule({
  id: "workloads/webhook-service-port-missing",
  severity: "medium",
  since: "0.1.0",
  reads: [
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
    "CustomResourceDefinition",
    "APIService",
    "Service",
  ],
  frameworks: [],
  references: ["apiserver/pkg/util/proxy/proxy.go"],
  from: (kind) => CALLERS.has(kind),
  text: {
    en: {
      title: "Webhook asks for a port the Service does not have",
      message: "Service {target} has no port {port} (it has: {known})",
      risk: "With failurePolicy Fail every matching write is refused, with Ignore none is checked.",
      fix: "Set the port of the Service, or give the Service port 443.",
    },
    "zh-CN": {
      title: "webhook 引用了 Service 没有的端口",
      message: "Service {target} 没有端口 {port}（现有：{known}）",
      risk: "failurePolicy 为 Fail 时所有匹配的写入都被拒绝，为 Ignore 时则完全不检查。",
      fix: "设置 Service 已有的端口，或让 Service 开放 443 端口。",
    },
  },
});
