// Listeners of Gateways, and OpenShift Routes, that serve without encryption.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { listeningDoors, plainListeners } from "../../quality/plain-listeners.ts";
import { networkRule } from "../../network-rule.ts";

export const rule: ClusterRule = networkRule({
  id: "network/listener-without-tls",
  severity: "medium", // passwords and sessions in the open
  frameworks: [],
  references: ["sigs.k8s.io/gateway-api apis/v1"],
  reads: ["Gateway", "HTTPRoute", "GRPCRoute"],
  subjects: listeningDoors,
  judge: (door, view) => plainListeners(door, view),
  text: {
    en: {
      title: "Listener without TLS",
      message: "{listener} serves without encryption",
      risk: "Whoever is on the way reads and changes what is sent.",
      fix: "Serve by an HTTPS listener, and let the HTTP listener redirect to it.",
    },
    "zh-CN": {
      title: "监听器没有 TLS",
      message: "{listener} 以未加密方式提供服务",
      risk: "途中的任何人都能读取和篡改所发送的内容。",
      fix: "通过 HTTPS 监听器提供服务，让 HTTP 监听器只做重定向。",
    },
  },
});
