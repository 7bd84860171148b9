// Refused seccomp profiles: what the baseline and the restricted check have in common.

import type { CheckId, Violation } from "./check.ts";
import type { PodView } from "./pod-view.ts";
import { refusedProfiles, refusedTypes } from "./typed-profile.ts";
import { distinct, quoteAll, setters } from "./wording.ts";

/** The violation of a pod that sets, itself or in a container, a seccomp profile other than the accepted ones. */
export function refusedSeccomp(pod: PodView, check: CheckId): Violation | undefined {
  const refused = refusedProfiles(pod, "seccompProfile");
  if (refused === undefined) return undefined;
  const types = quoteAll(distinct(refusedTypes(pod, "seccompProfile")));
  return {
    check,
    reason: "seccompProfile",
    detail: `${setters(refused.pod, refused.containers)} must not set securityContext.seccompProfile.type to ${types}`,
  };
}
