// Baseline: privileged containers are refused; they have every capability and every device of the node.
// pod-security-admission/policy/check_privileged.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { containerOffenders, type Offender } from "../offender.ts";
import { containersWhere, type PodView } from "../pod-view.ts";

export const privileged: Check = {
  id: "privileged",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

const isPrivileged = (context: SecurityContext | null | undefined): boolean => context?.privileged === true;

function evaluate(pod: PodView): Violation | undefined {
  const names = containersWhere(pod, isPrivileged);
  if (names === undefined) return undefined;
  return {
    check: "privileged",
    reason: "privileged",
    detail: `${names} must not set securityContext.privileged=true`,
  };
}

function locate(pod: PodView): Offender[] {
  const field = ["securityContext", "privileged"];
  return containerOffenders(pod, field, (view) => isPrivileged(view.container.securityContext));
}
