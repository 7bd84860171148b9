// The default service account, which every pod of the namespace shares that names none.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { isStaticPod, podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/default-service-account",
  severity: "low", // rights that somebody once bound to it for another pod
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.1.5", "nsa-cisa/service-account-tokens"],
  references: ["kubernetes/plugin/pkg/admission/serviceaccount/admission.go"],
  knownAs: { kubescape: ["C-0189"], kubeLinter: ["default-service-account"] },
  isApplicable: (pod) => !isStaticPod(pod),
  find: ({ spec }) => {
    const name = spec.serviceAccountName || spec.serviceAccount || "default";
    return name === "default" ? { field: ["spec", "serviceAccountName"], assumed: "default" } : undefined;
  },
  text: {
    en: {
      title: "Pod uses the default service account",
      message: "Pod uses the default service account",
      risk: "Every right bound to it is every such pod's right, and no log tells them apart.",
      fix: "Give the workload a service account of its own.",
    },
    "zh-CN": {
      title: "Pod 使用默认 ServiceAccount",
      message: "Pod 使用默认 ServiceAccount",
      risk: "绑定到它的任何权限都属于所有使用它的 Pod，审计日志也无法区分它们。",
      fix: "为该工作负载创建独立的 ServiceAccount。",
    },
  },
});
