// readOnlyRootFilesystem: without it a process may change the files of its image. Windows has no such setting.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import { isLinux } from "../../pod-field-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/writable-root-filesystem",
  severity: "medium", // keeps tools and changed programs until the container is gone
  since: "0.1.0",
  frameworks: ["nsa-cisa/immutable-file-systems"],
  references: ["k8s.io/api/core/v1/types.go#SecurityContext"],
  knownAs: {
    kubescape: ["C-0017"],
    trivy: ["KSV-0014"],
    kubeLinter: ["no-read-only-root-fs"],
    polaris: ["notReadOnlyRootFilesystem"],
    checkov: ["CKV_K8S_22"],
    kubeScore: ["container-security-context-readonlyrootfilesystem"],
  },
  isApplicable: isLinux,
  find: ({ container }) =>
    container.securityContext?.readOnlyRootFilesystem === true
      ? undefined
      : { field: ["securityContext", "readOnlyRootFilesystem"], assumed: false },
  text: {
    en: {
      title: "Root file system is writable",
      message: "Container {name} may write to its root file system",
      risk: "An attacker changes the program, adds tools and hides them among the files of the image.",
      fix: "Set securityContext.readOnlyRootFilesystem to true; mount an emptyDir where it must write.",
    },
    "zh-CN": {
      title: "根文件系统可写",
      message: "容器 {name} 可写入其根文件系统",
      risk: "攻击者可以修改程序、添加工具，并将其隐藏在镜像文件之中。",
      fix: "将 securityContext.readOnlyRootFilesystem 设为 true；在需要写入的位置挂载 emptyDir。",
    },
  },
});
