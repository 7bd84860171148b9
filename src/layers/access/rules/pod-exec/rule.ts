// Entering running pods: exec and attach.

import type { ClusterRule } from "../../../../verdicts/rule.ts";
import { rightRule } from "../../role-rule.ts";

export const rule: ClusterRule = rightRule({
  id: "access/pod-exec",
  severity: "high", // a shell in a pod is its service account and its data
  frameworks: [],
  references: ["kubernetes/pkg/registry/core/pod/rest/subresources.go"],
  knownAs: { kubescape: ["C-0002"], trivy: ["KSV-0054"] },
  rights: [{ verbs: ["create", "get"], apiGroup: "", resources: ["pods/attach", "pods/exec"] }],
  text: {
    en: {
      title: "Role opens shells in pods",
      message: "Enters running pods (exec, attach); granted to {subjects}, namespaces {namespaces}",
      risk: "Whoever is in a pod has its token, its Secrets and its network.",
      fix: "Remove pods/exec and pods/attach; for a case of need, bind them for its duration.",
    },
    "zh-CN": {
      title: "Role 可进入 Pod 执行命令",
      message: "可进入运行中的 Pod（exec、attach）；授予 {subjects}，命名空间 {namespaces}",
      risk: "进入 Pod 即拥有它的令牌、Secret 和网络。",
      fix: "删除 pods/exec 和 pods/attach；确有需要时临时绑定。",
    },
  },
});
