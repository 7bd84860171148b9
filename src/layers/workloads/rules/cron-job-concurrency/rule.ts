// A CronJob whose runs may overlap. Unset is Allow.

import { object, string } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/cron-job-concurrency",
  severity: "low", // nothing; but runs that hang pile up until the node is full
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/batch/v1/types.go#CronJobSpec"],
  controllers: ["batch/CronJob"],
  spec: object({ concurrencyPolicy: string }),
  find: ({ concurrencyPolicy }) =>
    (concurrencyPolicy || "Allow") === "Allow" ? { field: ["concurrencyPolicy"], assumed: "Allow" } : undefined,
  text: {
    en: {
      title: "Runs of a CronJob may overlap",
      message: "Runs may overlap",
      risk: "One slow run becomes many; two at once may also undo each other's work.",
      fix: "Set concurrencyPolicy to Forbid or Replace.",
    },
    "zh-CN": {
      title: "CronJob 的任务可能重叠",
      message: "任务可能重叠运行",
      risk: "一次缓慢的任务会变成许多次；同时运行的两个任务还可能互相破坏结果。",
      fix: "将 concurrencyPolicy 设为 Forbid 或 Replace。",
    },
  },
});
