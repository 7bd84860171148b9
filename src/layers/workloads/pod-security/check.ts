// What a Pod Security check is (pod-security-admission/policy/checks.go): an id, a level, and one pure function per
// policy version in which its behaviour changed.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { Offender } from "./offender.ts";
import type { PodView } from "./pod-view.ts";

export type BaselineCheckId =
  | "appArmorProfile"
  | "capabilities_baseline"
  | "hostNamespaces"
  | "hostPathVolumes"
  | "hostPorts"
  | "hostProbesAndHostLifecycle"
  | "privileged"
  | "procMount"
  | "seLinuxOptions"
  | "seccompProfile_baseline"
  | "sysctls"
  | "windowsHostProcess";

export type RestrictedCheckId =
  | "allowPrivilegeEscalation"
  | "capabilities_restricted"
  | "procMount_restricted"
  | "restrictedVolumes"
  | "runAsNonRoot"
  | "runAsUser"
  | "seccompProfile_restricted";

export type CheckId = BaselineCheckId | RestrictedCheckId;

/** Why one check refuses a pod, in the words of the API server. */
export interface Violation {
  readonly check: CheckId;
  /** A few words that do not depend on the pod, e.g. `host namespaces`. */
  readonly reason: string;
  /** What exactly is refused, e.g. `hostNetwork=true, hostPID=true`. */
  readonly detail: string;
}

/** A check's behaviour from one policy version on. */
export interface CheckRevision {
  /** The first policy minor it applies to. */
  readonly since: KubernetesMinor;
  /** Baseline checks that need not run where this one does. Only restricted checks have any. */
  readonly overrides?: readonly BaselineCheckId[];
  /** The violation, or `undefined` when the pod is fine. Allocates nothing for a pod that is fine. */
  readonly evaluate: (pod: PodView) => Violation | undefined;
  /** The fields that cause the violation; empty exactly when `evaluate` finds none. */
  readonly locate: (pod: PodView) => readonly Offender[];
}

export interface Check {
  readonly id: CheckId;
  readonly level: "baseline" | "restricted";
  /** By strictly increasing `since`. */
  readonly revisions: readonly CheckRevision[];
}
