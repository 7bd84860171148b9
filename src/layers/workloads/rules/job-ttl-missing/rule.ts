// A Job that is never removed after it has finished. Those of a CronJob are removed by its history limits.

import { integer, object } from "../../../../kubernetes/shape.ts";
import type { ObjectRule } from "../../../../verdicts/rule.ts";
import { controllerRule } from "../../controller-rule.ts";

export const rule: ObjectRule = controllerRule({
  id: "workloads/job-ttl-missing",
  severity: "low", // finished pods to read logs and environments from
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-592"],
  controllers: ["batch/Job"],
  isAlsoOfTemplates: false,
  spec: object({ ttlSecondsAfterFinished: integer }),
  find: ({ ttlSecondsAfterFinished }, { object: { metadata } }) => {
    const isOwned = metadata?.ownerReferences?.some((owner) => owner?.kind === "CronJob") ?? false;
    return ttlSecondsAfterFinished == null && !isOwned ? { field: ["ttlSecondsAfterFinished"] } : undefined;
  },
  knownAs: { kubeLinter: ["job-ttl-seconds-after-finished"] },
  text: {
    en: {
      title: "Finished Job is never removed",
      message: "Job stays for ever after it has finished",
      risk: "Its pods, with their logs, environments and mounted Secrets' names, stay for anybody to look at.",
      fix: "Set ttlSecondsAfterFinished, e.g. 86400.",
    },
    "zh-CN": {
      title: "已完成的 Job 不会被清理",
      message: "Job 完成后会永久保留",
      risk: "其 Pod 的日志、环境变量以及挂载的 Secret 名称会一直可被查看。",
      fix: "设置 ttlSecondsAfterFinished，例如 86400。",
    },
  },
});
