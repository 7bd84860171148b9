// failedJobsHistoryLimit: 0 removes a failed run at once, logs and all. Unset is 1.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/cron-job-failures-forgotten",
  severity: "low", // failures that leave no trace
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/batch/v1/types.go#CronJobSpec"],
  controllers: ["batch/CronJob"],
  spec: object({ failedJobsHistoryLimit: integer }),
  find: ({ failedJobsHistoryLimit }) =>
    failedJobsHistoryLimit === 0 ? { field: ["failedJobsHistoryLimit"] } : undefined,
  text: {
    en: {
      title: "Failed runs leave no trace",
      message: "Failed runs are removed at once",
      risk: "Nobody can see that, or why, a backup, a rotation or a scan has failed.",
      fix: "Remove failedJobsHistoryLimit (the default is 1), or keep a few.",
    },
    "zh-CN": {
      title: "失败的任务不留痕迹",
      message: "失败的任务会被立即删除",
      risk: "没有人能看到备份、轮换或扫描失败，更不知道原因。",
      fix: "删除 failedJobsHistoryLimit（默认值为 1），或保留若干个。",
    },
  },
});
