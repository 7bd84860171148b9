// stdin or tty in a workload: meant for a person at a terminal, not for a service.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule, LASTING } from "../../container-rule.ts";
import type { Fault } from "../../fault.ts";

export const rule: PodRule = containerRule({
  id: "workloads/interactive-container",
  severity: "low", // a shell that waits for somebody
  since: "0.1.0",
  frameworks: ["nsa-cisa/secure-images"],
  references: ["k8s.io/api/core/v1/types.go#Container"],
  kinds: LASTING,
  find: ({ container }) => {
    const fields = (["stdin", "tty"] as const).filter((field) => container[field] === true);
    return fields.length === 0 ? undefined : fields.map((field): Fault => ({ field: [field] }));
  },
  text: {
    en: {
      title: "Container keeps a terminal open",
      message: "Container {name} keeps standard input or a terminal open",
      risk: "Whoever may attach to the pod types into its program.",
      fix: "Remove stdin and tty.",
    },
    "zh-CN": {
      title: "容器保持终端打开",
      message: "容器 {name} 保持标准输入或终端打开",
      risk: "有权附加到该 Pod 的人可以直接向程序输入。",
      fix: "删除 stdin 和 tty。",
    },
  },
});
