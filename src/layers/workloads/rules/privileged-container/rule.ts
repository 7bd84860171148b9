// Pod Security Standards, baseline: a privileged container has every capability and every device of its node.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/privileged-container",
  severity: "critical", // root on the node, with nothing between
  since: "0.1.0",
  check: "privileged",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.2", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_privileged.go"],
  knownAs: {
    kubescape: ["C-0057", "C-0193", "C-0213"],
    trivy: ["KSV-0017"],
    kubeLinter: ["privileged-container"],
    polaris: ["runAsPrivileged"],
    checkov: ["CKV_K8S_16"],
    kubeScore: ["container-security-context-privileged"],
  },
  text: {
    en: {
      title: "Container runs privileged",
      message: "Container {name} runs privileged",
      risk: "With it the node is lost: every device, every kernel module, every other pod.",
      fix: "Remove securityContext.privileged (the default is false).",
    },
    "zh-CN": {
      title: "容器以特权模式运行",
      message: "容器 {name} 以特权模式运行",
      risk: "攻破该容器就等于攻破节点：所有设备、内核模块以及节点上的其他 Pod。",
      fix: "删除 securityContext.privileged（默认值为 false）。",
    },
  },
});
