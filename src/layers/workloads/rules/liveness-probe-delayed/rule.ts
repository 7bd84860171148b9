// A liveness probe that begins more than a minute late, where a startup probe would begin as soon as it can (KEP-950).

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/liveness-probe-delayed",
  severity: "low", // nothing; but a hanging program is noticed minutes late
  since: "0.1.0",
  frameworks: [],
  references: ["KEP-950"],
  find: ({ container: { livenessProbe, startupProbe } }) =>
    (livenessProbe?.initialDelaySeconds ?? 0) > 60 && startupProbe == null
      ? { field: ["livenessProbe", "initialDelaySeconds"] }
      : undefined,
  text: {
    en: {
      title: "Liveness probe waits instead of a startup probe",
      message: "Container {name} waits {value} seconds before its liveness probe",
      risk: "A program that hangs while it starts is noticed only after that time, at every start.",
      fix: "Replace initialDelaySeconds by a startupProbe.",
    },
    "zh-CN": {
      title: "用延迟代替启动探针",
      message: "容器 {name} 在存活探针开始前等待 {value} 秒",
      risk: "程序在启动阶段挂起时，每次都要等这段时间之后才会被发现。",
      fix: "用 startupProbe 代替 initialDelaySeconds。",
    },
  },
});
