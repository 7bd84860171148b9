// hostAliases write names into the pod's /etc/hosts, past DNS.

import type { PodRule } from "../../../../verdicts/rule.ts";
import type { Fault } from "../../fault.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/host-aliases",
  severity: "low", // sends what is meant for a name to an address of the author's choice
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/core/v1/types.go#HostAlias"],
  knownAs: { trivy: ["KSV-0007"] },
  find: ({ spec }) =>
    spec.hostAliases?.flatMap((alias, index): Fault[] =>
      alias == null ? [] : [{ field: ["spec", "hostAliases", index, "ip"], shown: (alias.hostnames ?? []).join(", ") }],
    ),
  text: {
    en: {
      title: "Names are pinned in /etc/hosts",
      message: "Pod pins {value} in /etc/hosts",
      risk: "The pod keeps talking to that address whatever DNS says, after the address has changed hands too.",
      fix: "Remove hostAliases; publish the name in DNS, or as a Service.",
    },
    "zh-CN": {
      title: "在 /etc/hosts 中固定了域名",
      message: "Pod 在 /etc/hosts 中固定了 {value}",
      risk: "无论 DNS 如何变化，Pod 都会访问该地址，即使该地址已易主。",
      fix: "删除 hostAliases；通过 DNS 或 Service 发布该名称。",
    },
  },
});
