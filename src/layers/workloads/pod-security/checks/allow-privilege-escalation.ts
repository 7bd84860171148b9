// Restricted: every container must refuse privilege escalation (set-user-ID programs, file capabilities) by setting
// allowPrivilegeEscalation to false. Since v1.25 pods whose spec.os.name is windows are let pass.
// pod-security-admission/policy/check_allowPrivilegeEscalation.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { letPass } from "../let-pass.ts";
import { containerOffenders, type Offender } from "../offender.ts";
import { containersWhere, isWindowsPod, type PodView } from "../pod-view.ts";

export const allowPrivilegeEscalation: Check = {
  id: "allowPrivilegeEscalation",
  level: "restricted",
  revisions: [{ since: 8, evaluate, locate }, letPass(isWindowsPod, { since: 25, evaluate, locate })],
};

const mayEscalate = (context: SecurityContext | null | undefined): boolean =>
  context?.allowPrivilegeEscalation !== false;

function evaluate(pod: PodView): Violation | undefined {
  const names = containersWhere(pod, mayEscalate);
  if (names === undefined) return undefined;
  return {
    check: "allowPrivilegeEscalation",
    reason: "allowPrivilegeEscalation != false",
    detail: `${names} must set securityContext.allowPrivilegeEscalation=false`,
  };
}

function locate(pod: PodView): Offender[] {
  const field = ["securityContext", "allowPrivilegeEscalation"];
  return containerOffenders(pod, field, (view) => mayEscalate(view.container.securityContext), true);
}
