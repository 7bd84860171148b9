// The field serviceAccount is the deprecated alias of serviceAccountName (k8s.io/api/core/v1/types.go). The API server fills in
// the other one, so only manifests are judged by it.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/deprecated-service-account-field",
  severity: "low", // nothing; but a removed field would leave the pod with the default account
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/core/v1/types.go#PodSpec"],
  knownAs: { kubescape: ["C-0294"], kubeLinter: ["deprecated-service-account-field"] },
  find: ({ spec: { serviceAccount, serviceAccountName } }) =>
    serviceAccount && !serviceAccountName ? { field: ["spec", "serviceAccount"] } : undefined,
  text: {
    en: {
      title: "Deprecated field serviceAccount is used",
      message: "Pod names its service account in the deprecated field serviceAccount",
      risk: "Tools that read only serviceAccountName take the pod for one with the default account.",
      fix: "Rename serviceAccount to serviceAccountName.",
    },
    "zh-CN": {
      title: "使用了已弃用的 serviceAccount 字段",
      message: "Pod 使用已弃用的 serviceAccount 字段指定 ServiceAccount",
      risk: "只读取 serviceAccountName 的工具会认为该 Pod 使用默认 ServiceAccount。",
      fix: "将 serviceAccount 改名为 serviceAccountName。",
    },
  },
});
