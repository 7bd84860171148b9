// envFrom with a secretRef: every key of a Secret becomes a variable, those added later included.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/secret-environment-import",
  severity: "low", // every key of the Secret, whatever the program needs
  since: "0.1.0",
  frameworks: ["cis-kubernetes/5.4.1", "nsa-cisa/secrets"],
  references: ["k8s.io/api/core/v1/types.go#EnvFromSource"],
  find: ({ container }) =>
    container.envFrom?.flatMap((source, index): Fault[] =>
      source?.secretRef == null
        ? []
        : [{ field: ["envFrom", index, "secretRef"], element: source.secretRef.name ?? "" }],
    ),
  knownAs: { checkov: ["CKV_K8S_35"] },
  text: {
    en: {
      title: "Whole Secret is imported into the environment",
      message: "Container {name} imports all keys of Secret {element} into its environment",
      risk: "More than the program needs is in its environment, and what is added to the Secret comes along.",
      fix: "Mount the keys that are needed as files.",
    },
    "zh-CN": {
      title: "将整个 Secret 导入环境变量",
      message: "容器 {name} 将 Secret {element} 的所有键导入环境变量",
      risk: "环境变量中包含程序不需要的内容，以后加入 Secret 的键也会一并导入。",
      fix: "只将所需的键挂载为文件。",
    },
  },
});
