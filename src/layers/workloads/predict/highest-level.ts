// The strictest level a namespace could enforce without a pod being refused, and what stands in the way of the next.

import type { KubernetesMinor } from "../../../kubernetes/kubernetes-version.ts";
import type { PodSecurityConfiguration } from "../pod-security/admission/admission.ts";
import { POLICY_LEVELS, type PolicyLevel, type PolicyVersion, type Violation } from "../pod-security/pod-security.ts";
import { podsOf, type Carrier } from "./carrier.ts";
import { violationsOn } from "./cluster-policy.ts";
import { exemptionOf } from "./judge-carrier.ts";

export interface Obstacle {
  readonly carrier: Carrier;
  readonly violations: readonly Violation[];
}

export interface Reachable {
  readonly version: PolicyVersion;
  /** No pod, live or still to be made, would be refused at it. */
  readonly highest: PolicyLevel;
  /** The next level and who violates it; absent where `highest` is restricted. */
  readonly next: { readonly level: PolicyLevel; readonly obstacles: readonly Obstacle[] } | undefined;
}

export function highestLevel(
  carriers: readonly Carrier[],
  version: PolicyVersion,
  configuration: PodSecurityConfiguration,
  minor: KubernetesMinor,
): Reachable {
  const bound = carriers.filter((carrier) => exemptionOf(carrier, configuration) === undefined);
  let highest: PolicyLevel = "privileged";
  for (const level of POLICY_LEVELS) {
    const obstacles = bound
      .map((carrier) => ({ carrier, violations: violationsOn(podsOf(carrier, minor), { level, version }, minor) }))
      .filter(({ violations }) => violations.length > 0);
    if (obstacles.length > 0) return { version, highest, next: { level, obstacles } };
    highest = level;
  }
  return { version, highest, next: undefined };
}
