// Readiness probes of containers that offer a port.

import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";
import { runsToCompletion } from "../../pod-field-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/readiness-probe-missing",
  severity: "low", // nothing; but clients meet a program that is not ready
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/prober"],
  knownAs: {
    kubescape: ["C-0018"],
    kubeLinter: ["no-readiness-probe"],
    polaris: ["readinessProbeMissing"],
    checkov: ["CKV_K8S_9"],
    kubeScore: ["pod-probes"],
  },
  kinds: ["regular"],
  isApplicable: (pod) => !runsToCompletion(pod),
  find: ({ container }) =>
    container.readinessProbe == null && (container.ports ?? []).length > 0 ? { field: ["readinessProbe"] } : undefined,
  text: {
    en: {
      title: "No readiness probe",
      message: "Container {name} offers a port and has no readiness probe",
      risk: "Services send requests to it before it can answer, and roll-outs go on although it cannot.",
      fix: "Add a readinessProbe that fails while it cannot serve.",
    },
    "zh-CN": {
      title: "没有就绪探针",
      message: "容器 {name} 提供端口但没有就绪探针",
      risk: "Service 会在它能够应答之前就转发请求，滚动更新也会在它不可用时继续进行。",
      fix: "添加 readinessProbe，在无法提供服务时失败。",
    },
  },
});
