// Registering parts of the API (k8s.io/kube-aggregator).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/api-service-write",
  severity: "high", // it answers for the API server
  frameworks: [],
  references: ["kube-aggregator/pkg/apiserver"],
  rights: [{ verbs: ["create", "patch", "update"], apiGroup: "apiregistration.k8s.io", resources: ["apiservices"] }],
  isClusterScoped: true,
  text: {
    en: {
      title: "Role replaces parts of the API",
      message: "Creates or changes APIServices; granted to {subjects}, namespaces {namespaces}",
      risk: "Requests of a whole API group, with their users, go to a server of the intruder's choice.",
      fix: "Name the APIService in resourceNames, with patch alone.",
    },
    "zh-CN": {
      title: "Role 可替换部分 API",
      message: "可创建或修改 APIService；授予 {subjects}，命名空间 {namespaces}",
      risk: "整个 API 组的请求连同用户身份会被转到攻击者选择的服务器。",
      fix: "用 resourceNames 列出具体 APIService，只授予 patch。",
    },
  },
});
