// Namespaces in which a pod without labels reaches every other pod of the cluster: no effective default deny.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { nameOf, networkRule } from "../../network-rule.ts";
import { isEveryPort, openToStrangers } from "../../network-view.ts";

export const rule: ClusterRule = networkRule({
  id: "network/default-deny-egress",
  severity: "medium", // new pods may call anywhere until somebody writes a policy for them
  frameworks: ["cis-kubernetes/5.3.2", "nsa-cisa/network-policies"],
  references: ["k8s.io/api/networking/v1/types.go"],
  knownAs: { kubescape: ["C-0030"] },
  subjects: ({ namespaces }) => namespaces,
  judge: ({ resource, newcomer }, view) =>
    isEveryPort(openToStrangers(view, newcomer, "egress")) ? [{ evidence: nameOf(resource) }] : [],
  text: {
    en: {
      title: "Namespace does not deny egress by default",
      message: "A new pod of this namespace reaches every pod of the cluster",
      risk: "A captured pod explores the cluster and carries data away.",
      fix: "Add a NetworkPolicy with podSelector {} and policyTypes [Egress], then allow DNS and what is needed.",
    },
    "zh-CN": {
      title: "命名空间没有默认拒绝出站流量",
      message: "该命名空间的新 Pod 可以访问集群内所有 Pod",
      risk: "被攻陷的 Pod 可以探查整个集群并带走数据。",
      fix: "添加 podSelector 为 {}、policyTypes 为 [Egress] 的 NetworkPolicy，再放行 DNS 和所需流量。",
    },
  },
});
