// An environment variable that is filled from a Secret; as a file it would leak less and could be rotated.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/secret-in-environment",
  severity: "low", // a secret that leaks with a crash report, a debug page or a child process
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.4.1", "nsa-cisa/secrets"],
  references: ["k8s.io/api/core/v1/types.go#SecretKeySelector"],
  knownAs: { kubescape: ["C-0207"], kubeLinter: ["read-secret-from-env-var"], checkov: ["CKV_K8S_35"] },
  find: ({ container }) =>
    container.env?.flatMap((variable, index): Fault[] =>
      variable?.valueFrom?.secretKeyRef == null
        ? []
        : [{ field: ["env", index, "valueFrom", "secretKeyRef"], element: variable.name ?? "" }],
    ),
  text: {
    en: {
      title: "Secret is given as an environment variable",
      message: "Container {name} reads {element} from a Secret into its environment",
      risk: "Environments end up in logs, crash reports and child processes, and keep the old value after a rotation.",
      fix: "Mount the Secret as a file and let the program read it.",
    },
    "zh-CN": {
      title: "以环境变量方式使用 Secret",
      message: "容器 {name} 将 Secret 读入环境变量 {element}",
      risk: "环境变量会进入日志、崩溃报告和子进程，且在 Secret 轮换后仍保留旧值。",
      fix: "将 Secret 挂载为文件，由程序读取。",
    },
  },
});
