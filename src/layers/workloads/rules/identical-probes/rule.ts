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
    livenessProbe != null && readinessProbe != null && asksTheSame(livenessProbe, readinessProbe)
      ? { field: ["readinessProbe"] }
      : undefined,
  knownAs: { kubeScore: ["pod-probes-identical"] },
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

function asksTheSame(one: Probe, other: Probe): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Probe>; // fields of a Probe
  return [...names].every((name) => isEqual(one[name] ?? defaultOf(name), other[name] ?? defaultOf(name)));
}

function defaultOf(name: string): unknown {
  return (DEFAULTS as Readonly<Record<string, unknown>>)[name]; // a lookup by any name
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === other || (one == null && other == null)) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.every((name) => isEqual((one as Json)[name], (other as Json)[name])); // both are objects
}

type Json = Readonly<Record<string, unknown>>;
