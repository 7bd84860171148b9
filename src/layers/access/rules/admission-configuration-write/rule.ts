// CIS 5.1.12: changing admission (KEP-3962 for mutating policies).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/admission-configuration-write",
  severity: "high", // it reads and rewrites what everybody writes
  frameworks: ["cis-kubernetes/5.1.12"],
  references: ["KEP-3962"],
  knownAs: { kubescape: ["C-0281"] },
  rights: [
    {
      verbs: ["create", "patch", "update"],
      apiGroup: "admissionregistration.k8s.io",
      resources: [
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings",
        "mutatingwebhookconfigurations",
        "validatingwebhookconfigurations",
      ],
    },
  ],
  isClusterScoped: true,
  text: {
    en: {
      title: "Role changes admission",
      message:
        "Creates or changes admission webhooks or mutating policies; granted to {subjects}, namespaces {namespaces}",
      risk: "A webhook sees every object on its way in, Secrets too, and a mutating one rewrites it.",
      fix: "Name the configurations in resourceNames, and grant patch alone.",
    },
    "zh-CN": {
      title: "Role 可修改准入配置",
      message: "可创建或修改准入 webhook 或变更策略；授予 {subjects}，命名空间 {namespaces}",
      risk: "webhook 能看到每个写入的对象，包括 Secret；变更型还能改写它。",
      fix: "用 resourceNames 列出具体配置，只授予 patch。",
    },
  },
});
