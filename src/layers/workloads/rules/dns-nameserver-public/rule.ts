// Public resolvers in dnsConfig.nameservers: the pod's queries leave the cluster in clear.

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/dns-nameserver-public",
  severity: "low", // every name the pod asks for; and answers, where nothing is signed
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/core/v1/types.go#PodDNSConfig"],
  find: ({ spec }) =>
    spec.dnsConfig?.nameservers?.flatMap((address, index): Fault[] =>
      PUBLIC.has(address ?? "") ? [{ field: ["spec", "dnsConfig", "nameservers", index] }] : [],
    ),
  text: {
    en: {
      title: "Pod asks a public DNS resolver",
      message: "Pod asks {value} to resolve names",
      risk: "Names of internal services are told to a third party, and the cluster's filters and logs see nothing.",
      fix: "Remove it; let the cluster's DNS server forward.",
    },
    "zh-CN": {
      title: "Pod 使用公共 DNS 解析器",
      message: "Pod 向 {value} 解析域名",
      risk: "内部服务的名称会泄露给第三方，集群的过滤和日志也看不到这些查询。",
      fix: "删除该项，由集群的 DNS 服务器转发。",
    },
  },
});

const PUBLIC: ReadonlySet<string> = new Set([
  "1.0.0.1",
  "1.1.1.1",
  "149.112.112.112",
  "208.67.220.220",
  "208.67.222.222",
  "2001:4860:4860::8844",
  "2001:4860:4860::8888",
  "2606:4700:4700::1001",
  "2606:4700:4700::1111",
  "2620:fe::fe",
  "8.8.4.4",
  "8.8.8.8",
  "9.9.9.9",
]);
