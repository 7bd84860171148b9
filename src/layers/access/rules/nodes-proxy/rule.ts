// CIS 5.1.10: the kubelet's API through the API server (KEP-2862).

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/nodes-proxy",
  severity: "critical", // commands in every pod of every node, past admission and audit
  frameworks: ["cis-kubernetes/5.1.10"],
  references: ["KEP-2862"],
  knownAs: { kubescape: ["C-0279"] },
  rights: [
    { verbs: ["create", "get", "delete", "patch", "update"], apiGroup: "", resources: ["nodes/proxy"], names: "any" },
  ],
  isClusterScoped: true,
  text: {
    en: {
      title: "Role speaks to the kubelet's API",
      message: "Uses nodes/proxy; granted to {subjects}, namespaces {namespaces}",
      risk: "The kubelet runs commands in any of its pods, even for get, and nothing of it is in the audit log.",
      fix: "Use the finer subresources: nodes/metrics, nodes/stats, nodes/log, nodes/healthz, nodes/pods.",
    },
    "zh-CN": {
      title: "Role 可访问 kubelet API",
      message: "可使用 nodes/proxy；授予 {subjects}，命名空间 {namespaces}",
      risk: "kubelet 可在其任何 Pod 中执行命令，仅 get 也可，且不留审计记录。",
      fix: "改用更细的子资源：nodes/metrics、nodes/stats、nodes/log、nodes/healthz、nodes/pods。",
    },
  },
});
