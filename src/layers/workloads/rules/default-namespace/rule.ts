// Workloads in the namespace default. Only a namespace that is written counts: where a manifest names none, whoever applies it
// decides.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { metadataRule } from "../../metadata-rule.ts";

export const rule: PodRule = metadataRule({
  id: "workloads/default-namespace",
  severity: "low", // everything else that nobody has put anywhere
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.6.4", "nsa-cisa/pod-security"],
  references: ["kubernetes.io/docs/concepts/overview/working-with-objects/namespaces"],
  knownAs: {
    kubescape: ["C-0061", "C-0212"],
    trivy: ["KSV-0110"],
    kubeLinter: ["use-namespace"],
    checkov: ["CKV_K8S_21"],
  },
  find: ({ resource: { object } }) =>
    object.metadata?.namespace === "default" ? { field: ["metadata", "namespace"] } : undefined,
  text: {
    en: {
      title: "Workload is in the default namespace",
      message: "Workload is in the namespace default",
      risk: "It shares rights, quotas and policies with everything that nobody has put anywhere else.",
      fix: "Give it a namespace of its own.",
    },
    "zh-CN": {
      title: "工作负载位于 default 命名空间",
      message: "工作负载位于 default 命名空间",
      risk: "它与所有未归类的对象共享权限、配额和策略。",
      fix: "为它创建独立的命名空间。",
    },
  },
});
