// A Job, or the Jobs of a CronJob, that may run for ever.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/job-deadline-missing",
  severity: "low", // a pod that runs for ever, once it can be made to hang
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/batch/v1/types.go#JobSpec"],
  controllers: ["batch/Job"],
  spec: object({
    activeDeadlineSeconds: integer,
    template: object({ spec: object({ activeDeadlineSeconds: integer }) }),
  }),
  find: ({ activeDeadlineSeconds, template }) =>
    (activeDeadlineSeconds ?? template?.spec?.activeDeadlineSeconds) == null
      ? { field: ["activeDeadlineSeconds"] }
      : undefined,
  text: {
    en: {
      title: "Job has no deadline",
      message: "Job may run for ever",
      risk: "A run that hangs keeps its node, its credentials and, with concurrencyPolicy Forbid, all later runs waiting.",
      fix: "Set activeDeadlineSeconds.",
    },
    "zh-CN": {
      title: "Job 没有截止时间",
      message: "Job 可能永远运行",
      risk: "挂起的任务会一直占用节点和凭据；若 concurrencyPolicy 为 Forbid，后续任务也会被阻塞。",
      fix: "设置 activeDeadlineSeconds。",
    },
  },
});
