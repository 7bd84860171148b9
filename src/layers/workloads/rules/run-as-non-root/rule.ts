// Pod Security Standards, restricted: runAsNonRoot, said by the pod or by each container. Since v1.35 a pod in its own user
// namespace may run as root.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/run-as-non-root",
  severity: "medium", // root in the container makes every escape easier, but is none
  since: "0.1.0",
  check: "runAsNonRoot",
  frameworks: ["pod-security-standards/restricted", "cis-kubernetes/5.2.7", "nsa-cisa/non-root-containers"],
  references: ["pod-security-admission/policy/check_runAsNonRoot.go"],
  knownAs: {
    kubescape: ["C-0013", "C-0198", "C-0218"],
    trivy: ["KSV-0012"],
    kubeLinter: ["run-as-non-root"],
    polaris: ["runAsRootAllowed"],
    checkov: ["CKV_K8S_23"],
  },
  text: {
    en: {
      title: "Container may run as root",
      message: "{containers|Container |Pod}{name} may run as root",
      risk: "Root in the container owns what is mounted there, and most ways out of a container start from root.",
      fix: "Set securityContext.runAsNonRoot to true for the pod.",
    },
    "zh-CN": {
      title: "容器可能以 root 运行",
      message: "{containers|容器 |Pod}{name} 可能以 root 运行",
      risk: "容器内的 root 拥有所挂载的一切，大多数容器逃逸都从 root 开始。",
      fix: "在 Pod 上将 securityContext.runAsNonRoot 设为 true。",
    },
  },
});
