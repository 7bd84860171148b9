// Raising the enforced level of a namespace: which of its live pods would be refused, grouped by reason
// (pod-security-admission/admission/admission.go EvaluatePodsInNamespace, prioritizePods).

import type { PodTemplate } from "../../../../kubernetes/pod.ts";
import { aggregate, evaluatePod } from "../evaluate.ts";
import { compareBytes, quoteGo } from "../go-text.ts";
import { effectiveMinor } from "../policy-version.ts";
import { isExempt, type PodSecurityConfiguration } from "./configuration.ts";
import { formatLevelVersion, type LevelVersion } from "./policy.ts";
import type { ClusterView } from "./request.ts";

/** Upstream looks at no more pods than this. */
const MAXIMUM_PODS_CHECKED = 3000;

export function warnAboutPods(
  namespace: string,
  enforce: LevelVersion,
  configuration: PodSecurityConfiguration,
  cluster: ClusterView,
): readonly string[] {
  const pods = prioritize(cluster.podsIn(namespace), configuration.exemptions.runtimeClasses);
  const { checked, namesByReason } = evaluateAll(
    pods.slice(0, MAXIMUM_PODS_CHECKED),
    { ...enforce, version: effectiveMinor(enforce.version, configuration.minor) },
    cluster.isTimeUp,
  );
  const warnings: string[] = [];
  if (checked < pods.length) {
    warnings.push(
      `new PodSecurity enforce level only checked against the first ${checked} of ${pods.length} existing pods`,
    );
  }
  if (namesByReason.size > 0) {
    const level = formatLevelVersion(enforce);
    warnings.push(
      `existing pods in namespace ${quoteGo(namespace)} violate the new PodSecurity enforce level "${level}"`,
    );
  }
  const groups = [...namesByReason].map(([reason, names]) => `${describePods(names)}: ${reason}`);
  return [...warnings, ...groups.sort(compareBytes)];
}

/** One pod of each controller first, then their siblings; pods of exempt runtime classes not at all. */
function prioritize(pods: readonly PodTemplate[], exemptRuntimeClasses: readonly string[]): readonly PodTemplate[] {
  const first: PodTemplate[] = [];
  const siblings: PodTemplate[] = [];
  const controllers = new Set<string>();
  for (const pod of pods) {
    if (isExempt(exemptRuntimeClasses, pod.spec?.runtimeClassName)) continue;
    const controller = pod.metadata?.ownerReferences?.find((owner) => owner?.controller === true);
    if (controller == null) {
      first.push(pod);
      continue;
    }
    const uid = controller.uid ?? "";
    (controllers.has(uid) ? siblings : first).push(pod);
    controllers.add(uid);
  }
  return [...first, ...siblings];
}

function evaluateAll(
  pods: readonly PodTemplate[],
  enforce: LevelVersion,
  isTimeUp: ClusterView["isTimeUp"],
): { readonly checked: number; readonly namesByReason: ReadonlyMap<string, readonly string[]> } {
  const namesByReason = new Map<string, string[]>();
  let checked = 0;
  for (const pod of pods) {
    const evaluation = evaluatePod(pod, enforce.level, enforce.version);
    if (!evaluation.allowed) {
      const { reason } = aggregate(evaluation);
      const names = namesByReason.get(reason) ?? [];
      names.push(pod.metadata?.name ?? "");
      namesByReason.set(reason, names);
    }
    checked++;
    if (isTimeUp?.() === true) break;
  }
  return { checked, namesByReason };
}

/** `first`, `first (and 1 other pod)`, `first (and N other pods)`; the first by name. */
function describePods(names: readonly string[]): string {
  const first = names.toSorted(compareBytes)[0] ?? "";
  const others = names.length - 1;
  if (others === 0) return first;
  return `${first} (and ${others} other ${others === 1 ? "pod" : "pods"})`;
}
