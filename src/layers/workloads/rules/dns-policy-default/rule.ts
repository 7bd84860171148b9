// dnsPolicy: Default resolves by the node's resolver, not by the cluster's. (The default of the field is ClusterFirst.)

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/dns-policy-default",
  severity: "low", // answers for the pod's names, from wherever the node's resolver is
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/network/dns/dns.go"],
  find: ({ spec, template }) =>
    spec.dnsPolicy === "Default" && spec.hostNetwork !== true && template.metadata?.labels?.["k8s-app"] !== "kube-dns"
      ? { field: ["spec", "dnsPolicy"] }
      : undefined,
  text: {
    en: {
      title: "Pod resolves names past the cluster",
      message: "Pod resolves names by the node's resolver",
      risk: "Names of Services are asked of, and answered by, a resolver outside the cluster.",
      fix: "Remove dnsPolicy (the default is ClusterFirst).",
    },
    "zh-CN": {
      title: "Pod 绕过集群解析域名",
      message: "Pod 使用节点的解析器解析域名",
      risk: "Service 名称会由集群之外的解析器查询和应答。",
      fix: "删除 dnsPolicy（默认值为 ClusterFirst）。",
    },
  },
});
