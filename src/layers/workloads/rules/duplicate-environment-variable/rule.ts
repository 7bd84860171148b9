// A variable that stands twice in env: the last one wins (kubernetes/pkg/kubelet: makeEnvironmentVariables).

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/duplicate-environment-variable",
  severity: "low", // nothing by itself; but what the reviewer reads is not what runs
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/kubelet_pods.go#makeEnvironmentVariables"],
  knownAs: {
    kubescape: ["C-0295"],
    kubeLinter: ["duplicate-env-var"],
    kubeScore: ["environment-variable-key-duplication"],
  },
  find: ({ container }) => {
    const { env } = container;
    if (env == null || env.length < 2) return undefined;
    const seen = new Set<string>();
    return env.flatMap((variable, index): Fault[] => {
      const name = variable?.name ?? "";
      const isRepeated = seen.has(name);
      seen.add(name);
      return isRepeated ? [{ field: ["env", index, "name"], element: name }] : [];
    });
  },
  text: {
    en: {
      title: "Environment variable is set twice",
      message: "Container {name} sets {element} more than once",
      risk: "Only the last value counts: the one that was reviewed may not be the one that runs.",
      fix: "Remove all but one.",
    },
    "zh-CN": {
      title: "环境变量重复设置",
      message: "容器 {name} 多次设置 {element}",
      risk: "只有最后一个值生效：审阅过的值未必是实际运行的值。",
      fix: "只保留一个。",
    },
  },
});
