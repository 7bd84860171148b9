// shareProcessNamespace: the containers of the pod see each other's processes.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/share-process-namespace",
  severity: "low", // the processes, environments and files of the pod's other containers
  since: "0.1.0",
  frameworks: ["nsa-cisa/pod-security"],
  references: ["k8s.io/api/core/v1/types.go#PodSpec"],
  find: ({ spec }) => (spec.shareProcessNamespace === true ? { field: ["spec", "shareProcessNamespace"] } : undefined),
  text: {
    en: {
      title: "Containers see each other's processes",
      message: "Containers of the pod share a process namespace",
      risk: "One that is compromised reads the environment and the files of the others through /proc.",
      fix: "Remove shareProcessNamespace (the default is false).",
    },
    "zh-CN": {
      title: "容器之间可见彼此进程",
      message: "Pod 内的容器共享进程命名空间",
      risk: "其中一个被攻陷后，可通过 /proc 读取其他容器的环境变量和文件。",
      fix: "删除 shareProcessNamespace（默认值为 false）。",
    },
  },
});
