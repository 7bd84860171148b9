// A CronJob without startingDeadlineSeconds: a run that was missed starts whenever the controller comes to it.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/cron-job-starting-deadline-missing",
  severity: "low", // nothing; but runs start when nobody expects them
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/controller/cronjob/utils.go"],
  controllers: ["batch/CronJob"],
  spec: object({ startingDeadlineSeconds: integer }),
  find: ({ startingDeadlineSeconds }) =>
    startingDeadlineSeconds == null ? { field: ["startingDeadlineSeconds"] } : undefined,
  knownAs: { kubeScore: ["cronjob-has-deadline"] },
  text: {
    en: {
      title: "Missed runs of a CronJob start at any hour",
      message: "CronJob sets no limit for late starts",
      risk: "After an outage or a long suspend the last missed run starts at once, whatever the hour.",
      fix: "Set startingDeadlineSeconds, e.g. 600.",
    },
    "zh-CN": {
      title: "CronJob 错过的任务会在任意时间启动",
      message: "CronJob 没有设置延迟启动期限",
      risk: "停机或长时间挂起之后，最近一次错过的任务会立即启动，无论当时是几点。",
      fix: "设置 startingDeadlineSeconds，例如 600。",
    },
  },
});
