// A policy on a cluster of some minor: `latest` moves with the cluster, and a version the cluster does not know yet
// evaluates as its own (pod-security-admission/policy/registry.go).

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import type { LevelVersion } from "../pod-security/admission/admission.ts";
import { effectiveMinor, evaluatePod, type PolicyVersion, type Violation } from "../pod-security/pod-security.ts";

/** Whether an upgrade of the cluster changes which checks run. */
export function movesWithCluster(version: PolicyVersion, from: KubernetesMinor, to: KubernetesMinor): boolean {
  return effectiveMinor(version, from) !== effectiveMinor(version, to);
}

/** What the pods violate, each violation once, in the API server's order. */
export function violationsOn(
  pods: readonly PodTemplate[],
  { level, version }: LevelVersion,
  cluster: KubernetesMinor,
): readonly Violation[] {
  if (level === "privileged") return [];
  const all = pods.flatMap((pod) => evaluatePod(pod, level, effectiveMinor(version, cluster)).violations);
  if (pods.length < 2) return all;
  return [...new Map(all.map((violation) => [`${violation.check} ${violation.detail}`, violation])).values()];
}
