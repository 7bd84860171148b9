// CIS 5.1.11: approving and signing certificate requests.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/certificate-issuance",
  severity: "high", // a client certificate is any user, for as long as it lasts
  frameworks: ["cis-kubernetes/5.1.11"],
  references: ["kubernetes/plugin/pkg/admission/certificates"],
  knownAs: { kubescape: ["C-0280"] },
  rights: [
    {
      verbs: ["patch", "update"],
      apiGroup: "certificates.k8s.io",
      resources: ["certificatesigningrequests/approval", "certificatesigningrequests/status"],
      names: "any",
    },
    { verbs: ["approve", "sign"], apiGroup: "certificates.k8s.io", resources: ["signers"], names: "any" },
  ],
  isClusterScoped: true,
  text: {
    en: {
      title: "Role issues certificates",
      message: "Approves or signs certificate requests; granted to {subjects}, namespaces {namespaces}",
      risk: "A client certificate makes its holder any user and group, and cannot be revoked.",
      fix: "Leave approval to the controller; name the one signer in resourceNames where it is needed.",
    },
    "zh-CN": {
      title: "Role 可签发证书",
      message: "可批准或签署证书请求；授予 {subjects}，命名空间 {namespaces}",
      risk: "客户端证书可让持有者成为任何用户和组，且无法吊销。",
      fix: "把批准留给控制器；确有需要时用 resourceNames 限定签名者。",
    },
  },
});
