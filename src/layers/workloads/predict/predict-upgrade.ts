// What an upgrade of the cluster would change: `latest`, and versions the cluster does not know yet, move with it.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import { POLICY_MODES, type PolicyMode } from "../pod-security/admission/admission.ts";
import { effectiveMinor, type Violation } from "../pod-security/pod-security.ts";
import { podsOf, type Carrier } from "./carrier.ts";
import { movesWithCluster } from "./cluster-policy.ts";
import { judgeCarrier, type Judgement, type Setting } from "./judge-carrier.ts";
import { changedChecks, type ChangedCheck } from "./policy-steps.ts";

export interface ModeChange {
  readonly mode: PolicyMode;
  readonly before: readonly Violation[];
  readonly after: readonly Violation[];
  /** Why: empty only where nothing but the words of a message change. */
  readonly checks: readonly ChangedCheck[];
}

export interface CarrierUpgrade {
  readonly carrier: Carrier;
  readonly before: Judgement;
  readonly after: Judgement;
  readonly modes: readonly ModeChange[];
}

export interface UpgradePrediction {
  /** Modes whose version moves with the cluster; the others stay as they are whatever the cluster becomes. */
  readonly moving: readonly PolicyMode[];
  readonly changes: readonly CarrierUpgrade[];
}

/** Whose verdict differs between two minors under the same labels. */
export function predictUpgrade(carriers: readonly Carrier[], setting: Setting, to: KubernetesMinor): UpgradePrediction {
  const { policy, minor: from } = setting;
  const moving = POLICY_MODES.filter(
    (mode) => policy[mode].level !== "privileged" && movesWithCluster(policy[mode].version, from, to),
  );
  if (moving.length === 0) return { moving, changes: [] };
  const changes: CarrierUpgrade[] = [];
  for (const carrier of carriers) {
    const before = judgeCarrier(carrier, setting);
    const after = judgeCarrier(carrier, { ...setting, minor: to });
    const modes = moving.flatMap((mode) => changeOf(mode, before, after, setting, to));
    if (modes.length > 0) changes.push({ carrier, before, after, modes });
  }
  return { moving, changes };
}

function changeOf(
  mode: PolicyMode,
  before: Judgement,
  after: Judgement,
  { policy, minor: from }: Setting,
  to: KubernetesMinor,
): readonly ModeChange[] {
  // The same checks with other words are the same verdict.
  if (checksOf(before[mode]) === checksOf(after[mode])) return [];
  const { level, version } = policy[mode];
  const pods = podsOf(before.carrier, from);
  const checks = changedChecks(pods, level, effectiveMinor(version, from), effectiveMinor(version, to));
  return [{ mode, before: before[mode], after: after[mode], checks }];
}

function checksOf(violations: readonly Violation[]): string {
  return violations.map(({ check }) => check).join();
}
