// Which policy minor changed a check, and how: the reasons an upgrade of the cluster changes a verdict
// (pod-security-admission/policy/check_*.go).

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import type { CheckId, PolicyLevel, Violation } from "../pod-security/pod-security.ts";
import { violationsOn } from "./cluster-policy.ts";

export interface ChangedCheck {
  readonly check: CheckId;
  /** `refuses` where it did not before, `accepts` where it refused, `words` where only the detail is another. */
  readonly change: "refuses" | "accepts" | "words";
  /** The minor from which on it is so. */
  readonly since: KubernetesMinor;
  readonly violation: Violation;
}

/** How each check that says something else of the pods on `to` than on `from` changed; in message order. */
export function changedChecks(
  pods: readonly PodTemplate[],
  level: PolicyLevel,
  from: KubernetesMinor,
  to: KubernetesMinor,
): readonly ChangedCheck[] {
  const at = (minor: KubernetesMinor): ReadonlyMap<CheckId, Violation> =>
    new Map(violationsOn(pods, { level, version: minor }, minor).map((violation) => [violation.check, violation]));
  const before = at(from);
  const after = at(to);
  const changes: ChangedCheck[] = [];
  for (const check of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(check);
    const fresh = after.get(check);
    const violation = fresh ?? old;
    if (violation === undefined || old?.detail === fresh?.detail) continue;
    const change = old === undefined ? "refuses" : fresh === undefined ? "accepts" : "words";
    changes.push({ check, change, since: firstMinor(check, fresh?.detail, from, to, at), violation });
  }
  return changes;
}

/** The first minor on the way from which on the check says what it says at the end. */
function firstMinor(
  check: CheckId,
  detail: string | undefined,
  from: KubernetesMinor,
  to: KubernetesMinor,
  at: (minor: KubernetesMinor) => ReadonlyMap<CheckId, Violation>,
): KubernetesMinor {
  const step = from < to ? -1 : 1;
  let first = to;
  while (first + step !== from && at(first + step).get(check)?.detail === detail) first += step;
  return first;
}

/** The changes that have an explanation of their own: `check@minor`, the end of its message id. */
export const EXPLAINED_STEPS: ReadonlySet<string> = new Set([
  "hostProbesAndHostLifecycle@34",
  "procMount@35",
  "procMount_restricted@35",
  "runAsNonRoot@35",
  "runAsUser@35",
  "seLinuxOptions@31",
  "sysctls@32",
  "sysctls@37",
]);
