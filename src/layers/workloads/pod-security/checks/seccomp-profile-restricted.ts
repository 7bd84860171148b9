// Restricted, since v1.19: a seccomp profile must be set, by the pod or by each container, and be RuntimeDefault or
// Localhost. Since v1.25 pods whose spec.os.name is windows are let pass. Stricter than seccompProfile_baseline.
// pod-security-admission/policy/check_seccompProfile_restricted.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { BaselineCheckId, Check, Violation } from "../check.ts";
import { letPass } from "../let-pass.ts";
import { containerOffenders, type Offender } from "../offender.ts";
import { containersWhere, isWindowsPod, type PodView } from "../pod-view.ts";
import { refusedSeccomp } from "../seccomp-profile.ts";
import { locateRefusedProfiles } from "../typed-profile.ts";

const overrides: readonly BaselineCheckId[] = ["seccompProfile_baseline"];

export const seccompProfileRestricted: Check = {
  id: "seccompProfile_restricted",
  level: "restricted",
  revisions: [
    { since: 19, overrides, evaluate, locate },
    letPass(isWindowsPod, { since: 25, overrides, evaluate, locate }),
  ],
};

const saysNothing = (context: SecurityContext | null | undefined): boolean => context?.seccompProfile == null;

// Explicit refusals hide the implicit ones. Where the pod sets a profile and none is refused, it covers every container.
function evaluate(pod: PodView): Violation | undefined {
  const refused = refusedSeccomp(pod, "seccompProfile_restricted");
  if (refused !== undefined) return refused;
  if (pod.securityContext?.seccompProfile != null) return undefined;
  const names = containersWhere(pod, saysNothing);
  if (names === undefined) return undefined;
  const accepted = '"RuntimeDefault" or "Localhost"';
  return {
    check: "seccompProfile_restricted",
    reason: "seccompProfile",
    detail: `pod or ${names} must set securityContext.seccompProfile.type to ${accepted}`,
  };
}

function locate(pod: PodView): Offender[] {
  const refused = locateRefusedProfiles(pod, "seccompProfile");
  if (refused.length > 0 || pod.securityContext?.seccompProfile != null) return refused;
  const field = ["securityContext", "seccompProfile", "type"];
  return containerOffenders(pod, field, (view) => saysNothing(view.container.securityContext), "Unconfined");
}
