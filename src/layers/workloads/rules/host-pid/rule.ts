// Pod Security Standards, baseline: hostPID of the host namespaces a pod may not share.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/host-pid",
  severity: "high", // as root it reads, traces and kills every process of the node
  since: "0.1.0",
  check: "hostNamespaces",
  only: (offender) => offender.path.at(-1) === "hostPID",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.3", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostNamespaces.go"],
  knownAs: {
    kubescape: ["C-0038", "C-0194", "C-0214", "C-0275"],
    trivy: ["KSV-0010"],
    kubeLinter: ["host-pid"],
    polaris: ["hostPIDSet"],
    checkov: ["CKV_K8S_17"],
  },
  text: {
    en: {
      title: "Pod sees the processes of the node",
      message: "Pod shares the node's process namespace",
      risk: "It sees every process of the node with its arguments and environment; as root it can trace and kill them.",
      fix: "Remove hostPID (the default is false).",
    },
    "zh-CN": {
      title: "Pod 可见节点进程",
      message: "Pod 共享节点的进程命名空间",
      risk: "可看到节点上所有进程的参数和环境变量；以 root 运行时还能跟踪并终止这些进程。",
      fix: "删除 hostPID（默认值为 false）。",
    },
  },
});
