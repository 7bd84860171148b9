// Pod Security Standards, restricted since v1.23: no explicit user 0. Since v1.35 a pod in its own user namespace may.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/run-as-root-user",
  severity: "medium", // root in the container makes every escape easier, but is none
  since: "0.1.0",
  check: "runAsUser",
  frameworks: ["pod-security-standards/restricted", "cis-kubernetes/5.2.7", "nsa-cisa/non-root-containers"],
  references: ["pod-security-admission/policy/check_runAsUser.go"],
  knownAs: {
    kubescape: ["C-0013", "C-0198", "C-0218"],
    trivy: ["KSV-0105"],
    kubeLinter: ["run-as-non-root"],
    polaris: ["runAsRootAllowed"],
    checkov: ["CKV_K8S_23"],
  },
  text: {
    en: {
      title: "Container runs as user 0",
      message: "{containers|Container |Pod}{name} runs as user 0",
      risk: "Root in the container owns what is mounted there, and most ways out of a container start from root.",
      fix: "Set runAsUser to another id, e.g. 10001, or leave it to the image.",
    },
    "zh-CN": {
      title: "容器以用户 0 运行",
      message: "{containers|容器 |Pod}{name} 以用户 0 运行",
      risk: "容器内的 root 拥有所挂载的一切，大多数容器逃逸都从 root 开始。",
      fix: "将 runAsUser 设为其他 ID（如 10001），或由镜像决定。",
    },
  },
});
