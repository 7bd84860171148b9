// Liveness and readiness probes that are the same: what should only take a pod out of its Services restarts it.

import type { Probe } from "../../../../kubernetes/pod.ts";
import type { PodRule } from "../../../../verdicts/rule.ts";
import { containerRule } from "../../container-rule.ts";

export const rule: PodRule = containerRule({
  id: "workloads/identical-probes",
  severity: "low", // nothing; but overload becomes an outage
  since: "0.1.0",
  frameworks: [],
  references: ["kubernetes/pkg/kubelet/prober"],
  kinds: ["sidecar", "regular"],
  find: ({ container: { livenessProbe, readinessProbe } }) =>
    livenessProbe != null && readinessProbe != null && printed(livenessProbe) === printed(readinessProbe)
      ? { field: ["readinessProbe"] }
      : undefined,
  text: {
    en: {
      title: "Liveness and readiness probes are the same",
      message: "Container {name} uses one probe for liveness and readiness",
      risk: "Under load, or an attack, pods are restarted when they should only get no more requests.",
      fix: "Give them different questions, or let liveness fail much later.",
    },
    "zh-CN": {
      title: "存活探针与就绪探针相同",
      message: "容器 {name} 的存活探针和就绪探针相同",
      risk: "在高负载或遭受攻击时，本应只停止接收请求的 Pod 会被重启。",
      fix: "让两者检查不同的内容，或让存活探针晚得多才失败。",
    },
  },
});

/** kubernetes/pkg/apis/core/v1/defaults.go, SetDefaults_Probe. */
const DEFAULTS = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  initialDelaySeconds: 0,
};

function printed(probe: Probe): string {
  const set = Object.entries(probe).filter(([, value]) => value != null);
  return JSON.stringify({ ...DEFAULTS, ...Object.fromEntries(set) }, sortedKeys);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
