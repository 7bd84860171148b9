// Restricted, since v1.23: neither the pod nor a container may ask for user 0. Since v1.35 a pod in its own user
// namespace may.
// pod-security-admission/policy/check_runAsUser.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { letPass } from "../let-pass.ts";
import { containerOffenders, podOffender, type Offender } from "../offender.ts";
import { containersWhere, hasUserNamespace, type PodView } from "../pod-view.ts";
import { setters } from "../wording.ts";

export const runAsUser: Check = {
  id: "runAsUser",
  level: "restricted",
  revisions: [{ since: 23, evaluate, locate }, letPass(hasUserNamespace, { since: 35, evaluate, locate })],
};

const asksForRoot = (context: SecurityContext | null | undefined): boolean => context?.runAsUser === 0;

function evaluate(pod: PodView): Violation | undefined {
  const podAsks = pod.securityContext?.runAsUser === 0;
  const names = containersWhere(pod, asksForRoot);
  if (!podAsks && names === undefined) return undefined;
  return { check: "runAsUser", reason: "runAsUser=0", detail: `${setters(podAsks, names)} must not set runAsUser=0` };
}

function locate(pod: PodView): Offender[] {
  const field = ["securityContext", "runAsUser"];
  return [
    ...(pod.securityContext?.runAsUser === 0 ? [podOffender(pod, ["spec", ...field])] : []),
    ...containerOffenders(pod, field, (view) => asksForRoot(view.container.securityContext)),
  ];
}
