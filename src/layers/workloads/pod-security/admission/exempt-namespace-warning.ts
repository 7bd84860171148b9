// Labels on an exempt namespace do nothing, and whoever sets them is told so
// (pod-security-admission/admission/admission.go exemptNamespaceWarning).

import { quoteGo } from "../go-text.ts";
import {
  formatLevelVersion,
  isEquivalentPolicy,
  isFullyPrivileged,
  POLICY_MODES,
  setsMode,
  type Labels,
  type PodSecurityPolicy,
} from "./policy.ts";

/** At most one warning: none when the labels ask for nothing, or for what holds anyway. */
export function exemptNamespaceWarnings(
  namespace: string,
  labels: Labels | null | undefined,
  policy: PodSecurityPolicy,
  defaults: PodSecurityPolicy,
): readonly string[] {
  if (isFullyPrivileged(policy) || isEquivalentPolicy(policy, defaults)) return [];
  const asked = POLICY_MODES.filter((mode) => policy[mode].level !== "privileged" && setsMode(labels, mode))
    .map((mode) => `${mode}=${formatLevelVersion(policy[mode])}`)
    .join(", ");
  return [`namespace ${quoteGo(namespace)} is exempt from Pod Security, and the policy (${asked}) will be ignored`];
}
