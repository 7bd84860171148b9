// Writing what Services lead to (CVE-2021-25740).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/service-endpoints-write",
  severity: "medium", // it takes over connections
  frameworks: [],
  references: ["CVE-2021-25740"],
  knownAs: { trivy: ["KSV-0056"] },
  rights: [
    { verbs: ["create", "patch", "update"], apiGroup: "", resources: ["endpoints", "services/status"] },
    { verbs: ["create", "patch", "update"], apiGroup: "discovery.k8s.io", resources: ["endpointslices"] },
  ],
  text: {
    en: {
      title: "Role decides where Services lead",
      message: "Changes where Services lead; granted to {subjects}, namespaces {namespaces}",
      risk: "Traffic for a Service goes to an address of the intruder's choice, past NetworkPolicies on the original.",
      fix: "Remove the right: controllers write endpoints.",
    },
    "zh-CN": {
      title: "Role 可决定 Service 指向",
      message: "可修改 Service 的指向；授予 {subjects}，命名空间 {namespaces}",
      risk: "Service 的流量会被送往攻击者选择的地址。",
      fix: "删除该权限：端点由控制器写入。",
    },
  },
});
