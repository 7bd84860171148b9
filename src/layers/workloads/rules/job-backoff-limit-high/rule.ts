// A Job that is tried again more than ten times. Unset is 6.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/job-backoff-limit-high",
  severity: "low", // many tries, each with the rights of the Job
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/batch/v1/types.go#JobSpec"],
  controllers: ["batch/Job"],
  spec: object({ backoffLimit: integer }),
  find: ({ backoffLimit }) => ((backoffLimit ?? 0) > 10 ? { field: ["backoffLimit"] } : undefined),
  text: {
    en: {
      title: "Job is tried again too often",
      message: "Job may fail {value} times before it gives up",
      risk: "What fails for a reason keeps nodes and registries busy, and its log hides the first error.",
      fix: "Set backoffLimit to 6 or less (the default is 6).",
    },
    "zh-CN": {
      title: "Job 重试次数过多",
      message: "Job 在放弃之前可能失败 {value} 次",
      risk: "有原因的失败会不断占用节点和镜像仓库，首个错误也会被日志淹没。",
      fix: "将 backoffLimit 设为 6 或更小（默认值为 6）。",
    },
  },
});
