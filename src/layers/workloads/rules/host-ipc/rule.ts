// Pod Security Standards, baseline: hostIPC of the host namespaces a pod may not share.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podSecurityRule } from "../../pod-security-rule.ts";

export const rule: PodRule = podSecurityRule({
  id: "workloads/host-ipc",
  severity: "medium", // reaches only processes that use System V IPC or POSIX shared memory
  since: "0.1.0",
  check: "hostNamespaces",
  only: (offender) => offender.path.at(-1) === "hostIPC",
  frameworks: ["pod-security-standards/baseline", "cis-kubernetes/5.2.4", "nsa-cisa/pod-security"],
  references: ["pod-security-admission/policy/check_hostNamespaces.go"],
  knownAs: {
    kubescape: ["C-0038", "C-0195", "C-0215", "C-0276"],
    trivy: ["KSV-0008"],
    kubeLinter: ["host-ipc"],
    polaris: ["hostIPCSet"],
    checkov: ["CKV_K8S_18"],
  },
  text: {
    en: {
      title: "Pod shares the node's IPC namespace",
      message: "Pod shares the node's IPC namespace",
      risk: "It can read and write the shared memory and semaphores of the node's processes.",
      fix: "Remove hostIPC (the default is false).",
    },
    "zh-CN": {
      title: "Pod 共享节点的 IPC 命名空间",
      message: "Pod 共享节点的 IPC 命名空间",
      risk: "可读写节点进程的共享内存和信号量。",
      fix: "删除 hostIPC（默认值为 false）。",
    },
  },
});
