// A credential written into the command line of a container. The word is never shown.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { credentialWords, wordsOf } from "../../command-line.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/credential-in-command",
  severity: "high", // the credential itself, for everybody who may read the manifest or list processes
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.4.1", "nsa-cisa/secrets"],
  references: ["k8s.io/api/core/v1/types.go#Container"],
  knownAs: { kubescape: ["C-0012"] },
  find: (view) => credentialWords(wordsOf(view)).map(({ field }): Fault => ({ field, isRedacted: true })),
  text: {
    en: {
      title: "Credential stands on the command line",
      message: "Container {name} is given a credential on its command line",
      risk: "Whoever may read the manifest, the pod or the node's process list has the credential.",
      fix: "Put it into a Secret, let the program read a file, and change the credential.",
    },
    "zh-CN": {
      title: "命令行中写有凭据",
      message: "容器 {name} 的命令行中直接写有凭据",
      risk: "能读取清单、Pod 或节点进程列表的人都能拿到该凭据。",
      fix: "放入 Secret，让程序从文件读取，同时更换该凭据。",
    },
  },
});
