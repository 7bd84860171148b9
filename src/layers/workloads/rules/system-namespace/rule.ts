// Workloads of users in the namespaces of Kubernetes. Components of the cluster are known by their labels or priority class.

import type { PodSubject } from "../../../../verdicts/pod-subject.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { metadataRule } from "../../metadata-rule.ts";
import { isStaticPod } from "../../pod-field-rule.ts";

export const rule: PodRule = metadataRule({
  id: "workloads/system-namespace",
  severity: "low", // neighbours with the rights of the cluster itself
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["kubernetes.io/docs/concepts/overview/working-with-objects/namespaces"],
  knownAs: { trivy: ["KSV-0037"] },
  isApplicable: (pod) => !isStaticPod(pod),
  find: (pod) =>
    NAMESPACES.has(pod.resource.object.metadata?.namespace ?? "") && !isComponent(pod)
      ? { field: ["metadata", "namespace"] }
      : undefined,
  text: {
    en: {
      title: "Workload is in a namespace of Kubernetes",
      message: "Workload is in the namespace {value}",
      risk: "It lives among the accounts and secrets of the cluster, where policies usually make exceptions.",
      fix: "Give it a namespace of its own.",
    },
    "zh-CN": {
      title: "工作负载位于 Kubernetes 系统命名空间",
      message: "工作负载位于命名空间 {value}",
      risk: "它与集群自身的账户和 Secret 为邻，而策略通常对这些命名空间网开一面。",
      fix: "为它创建独立的命名空间。",
    },
  },
});

const NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);
const MARKS = ["k8s-app", "kubernetes.io/cluster-service", "addonmanager.kubernetes.io/mode"] as const;

function isComponent({ resource: { object }, template, spec }: PodSubject): boolean {
  if (/^system-(?:node|cluster)-critical$/.test(spec.priorityClassName ?? "")) return true;
  return [object.metadata?.labels, template.metadata?.labels].some(
    (labels) => labels != null && (MARKS.some((mark) => labels[mark] != null) || labels["tier"] === "control-plane"),
  );
}
