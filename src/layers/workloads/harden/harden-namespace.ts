// A namespace brought to a level in an order that breaks nothing: audit and warn at once, enforce as far as every pod
// there is, and every pod still to be made, is accepted; the level itself once the workloads are changed.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { LevelVersion } from "../pod-security/admission/admission.ts";
import { podSecurityPolicyOf, PRIVILEGED_POLICY } from "../pod-security/admission/admission.ts";
import { compareLevels, formatPolicyVersion, POLICY_LEVELS, type PolicyLevel } from "../pod-security/pod-security.ts";
import { violationsOn } from "../predict/cluster-policy.ts";
import { podsOf, type Carrier } from "../predict/carrier.ts";
import type { KnownNamespace } from "../predict/predict.ts";
import type { HardenedWorkload } from "./harden-workload.ts";

export interface HardenedNamespace {
  readonly namespace: string;
  readonly known: KnownNamespace | undefined;
  readonly workloads: readonly HardenedWorkload[];
  /** Labels that can be set now: nothing that runs, or is still to be made, is refused. */
  readonly now: Readonly<Record<string, string>>;
  /** Labels that can be set once the patches are applied and no old pod is left; empty where nothing is gained. */
  readonly afterPatches: Readonly<Record<string, string>>;
  /** The level enforced in the end; less than asked for where questions are open. */
  readonly reached: PolicyLevel;
}

const PREFIX = "pod-security.kubernetes.io/";

/** `carriers` are all of the namespace, also those that owners speak for. */
export function hardenNamespace(
  namespace: string,
  known: KnownNamespace | undefined,
  carriers: readonly Carrier[],
  workloads: readonly HardenedWorkload[],
  target: LevelVersion,
  minor: KubernetesMinor,
): HardenedNamespace {
  const labels = known?.labels ?? {};
  const { policy } = podSecurityPolicyOf(labels, PRIVILEGED_POLICY);
  const today = highest(target, (level) => carriers.every((carrier) => isAccepted(carrier, level)));
  const reached = highest(target, (level) => workloads.every(({ result }) => isAccepted(result, level)));
  const now: Record<string, string> = {};
  const later: Record<string, string> = {};
  for (const mode of ["audit", "warn"] as const)
    if (isRaised(target, labels[PREFIX + mode] == null ? undefined : policy[mode])) set(now, mode, target);
  if (today !== "privileged" && isRaised({ ...target, level: today }, policy.enforce))
    set(now, "enforce", { ...target, level: today });
  const isFurther = compareLevels(reached, today) > 0;
  if (isFurther && isRaised({ ...target, level: reached }, policy.enforce))
    set(later, "enforce", { ...target, level: reached });
  return { namespace, known, workloads, now, afterPatches: later, reached };

  function isAccepted(carrier: Carrier, level: PolicyLevel): boolean {
    return violationsOn(podsOf(carrier, minor), { ...target, level }, minor).length === 0;
  }

  function set(to: Record<string, string>, mode: string, { level, version }: LevelVersion): void {
    to[PREFIX + mode] = level;
    // Without the label, the version is latest; a label that is there stays where it is not overwritten.
    if (version !== "latest" || labels[`${PREFIX}${mode}-version`] != null)
      to[`${PREFIX}${mode}-version`] = formatPolicyVersion(version);
  }
}

/** Never lower: a mode that asks for more already is left alone. */
function isRaised(to: LevelVersion, from: LevelVersion | undefined): boolean {
  return from === undefined || compareLevels(to.level, from.level) > 0;
}

function highest({ level: target }: LevelVersion, isPossible: (level: PolicyLevel) => boolean): PolicyLevel {
  const levels = POLICY_LEVELS.filter((level) => compareLevels(level, target) <= 0);
  return levels.findLast(isPossible) ?? "privileged";
}
