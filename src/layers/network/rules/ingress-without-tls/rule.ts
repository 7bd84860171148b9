// Ingresses with hosts that no certificate is given for.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { ingresses, plainHosts } from "../../ingress-tls.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/ingress-without-tls",
  severity: "medium", // passwords and sessions in the open
  frameworks: [],
  references: ["k8s.io/api/networking/v1/types.go"],
  knownAs: { kubescape: ["C-0263"] },
  reads: ["Ingress"],
  subjects: ingresses,
  judge: (ingress) => plainHosts(ingress),
  text: {
    en: {
      title: "Ingress without TLS",
      message: "No certificate is given for {host}",
      risk: "Whoever is on the way reads and changes what is sent.",
      fix: "Add the host to spec.tls with a certificate.",
    },
    "zh-CN": {
      title: "Ingress 没有 TLS",
      message: "没有为 {host} 提供证书",
      risk: "途中的任何人都能读取和篡改所发送的内容。",
      fix: "在 spec.tls 中为该主机添加证书。",
    },
  },
});
