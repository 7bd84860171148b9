// Liveness probes of containers that are meant to run for ever.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import { runsToCompletion } from "../../pod-field-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/liveness-probe-missing",
  severity: "low", // nothing; but a program that hangs keeps hanging
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/prober"],
  knownAs: {
    kubescape: ["C-0056"],
    kubeLinter: ["no-liveness-probe"],
    polaris: ["livenessProbeMissing"],
    checkov: ["CKV_K8S_8"],
    kubeScore: ["pod-probes"],
  },
  kinds: ["regular"],
  isApplicable: (pod) => !runsToCompletion(pod),
  find: ({ container }) => (container.livenessProbe == null ? { field: ["livenessProbe"] } : undefined),
  text: {
    en: {
      title: "No liveness probe",
      message: "Container {name} has no liveness probe",
      risk: "A program that hangs, after an attack or a deadlock, is never restarted.",
      fix: "Add a livenessProbe that fails only when a restart would help.",
    },
    "zh-CN": {
      title: "没有存活探针",
      message: "容器 {name} 没有存活探针",
      risk: "程序在遭受攻击或死锁后挂起时，永远不会被重启。",
      fix: "添加 livenessProbe，并且只在重启有用时才失败。",
    },
  },
});
