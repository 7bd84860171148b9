// Namespaces in which a pod without labels is open to every other pod of the cluster: no effective default deny.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { nameOf, networkRule } from "../../network-rule.ts";
import { isEveryPort, openToStrangers } from "../../network-view.ts";

export const rule: ClusterRule = networkRule({
  id: "network/default-deny-ingress",
  severity: "medium", // new pods are open until somebody writes a policy for them
  frameworks: ["cis-kubernetes/5.3.2", "nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  knownAs: { kubescape: ["C-0030", "C-0206"] },
  subjects: ({ namespaces }) => namespaces,
  judge: ({ resource, newcomer }, view) =>
    isEveryPort(openToStrangers(view, newcomer, "ingress")) ? [{ evidence: nameOf(resource) }] : [],
  text: {
    en: {
      title: "Namespace does not deny ingress by default",
      message: "A new pod of this namespace is open to every pod of the cluster",
      risk: "One captured pod anywhere reaches whatever is added here next.",
      fix: "Add a NetworkPolicy with podSelector {} and policyTypes [Ingress], then allow what is needed.",
    },
    "zh-CN": {
      title: "命名空间没有默认拒绝入站流量",
      message: "该命名空间的新 Pod 对集群内所有 Pod 开放",
      risk: "任何一个被攻陷的 Pod 都能访问这里之后新增的 Pod。",
      fix: "添加 podSelector 为 {}、policyTypes 为 [Ingress] 的 NetworkPolicy，再放行所需流量。",
    },
  },
});
