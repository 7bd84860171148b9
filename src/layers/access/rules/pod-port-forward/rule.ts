// Port forwarding into pods.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/pod-port-forward",
  severity: "medium", // past every NetworkPolicy, as the node
  frameworks: [],
  references: ["kubernetes/pkg/registry/core/pod/rest/subresources.go"],
  knownAs: { kubescape: ["C-0063"] },
  rights: [{ verbs: ["create", "get"], apiGroup: "", resources: ["pods/portforward"] }],
  text: {
    en: {
      title: "Role forwards ports into pods",
      message: "Forwards ports into pods; granted to {subjects}, namespaces {namespaces}",
      risk: "It reaches what listens on a pod's loopback, and no NetworkPolicy applies.",
      fix: "Remove pods/portforward; publish what people need by a Service.",
    },
    "zh-CN": {
      title: "Role 可将端口转发到 Pod",
      message: "可将端口转发到 Pod；授予 {subjects}，命名空间 {namespaces}",
      risk: "可访问 Pod 回环地址上的监听端口，且不受 NetworkPolicy 限制。",
      fix: "删除 pods/portforward；需要访问的内容通过 Service 发布。",
    },
  },
});
