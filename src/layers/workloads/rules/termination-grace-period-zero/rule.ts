// terminationGracePeriodSeconds: 0 removes a pod from the API before its processes have ended.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { podFieldRule } from "../../pod-field-rule.ts";

export const rule: PodRule = podFieldRule({
  id: "workloads/termination-grace-period-zero",
  severity: "low", // nothing; but every stop is a crash
  since: "0.1.0",
  frameworks: [],
  references: ["k8s.io/api/core/v1/types.go#PodSpec"],
  find: ({ spec }) =>
    spec.terminationGracePeriodSeconds === 0 ? { field: ["spec", "terminationGracePeriodSeconds"] } : undefined,
  text: {
    en: {
      title: "Pod is killed without warning",
      message: "Pod has no time to stop",
      risk: "Requests are cut, data is lost, and a StatefulSet may start a second pod while the first still runs.",
      fix: "Remove terminationGracePeriodSeconds (the default is 30), or set what the program needs.",
    },
    "zh-CN": {
      title: "Pod 被立即终止",
      message: "Pod 没有停止的时间",
      risk: "请求会中断，数据会丢失；StatefulSet 还可能在旧 Pod 仍运行时启动新 Pod。",
      fix: "删除 terminationGracePeriodSeconds（默认 30），或设为程序所需的时间。",
    },
  },
});
