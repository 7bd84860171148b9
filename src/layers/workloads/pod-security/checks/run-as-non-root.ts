// Restricted: containers must run as a user other than root, said by the pod or by each container; saying false anywhere
// is refused. Since v1.35 a pod in its own user namespace may run as root.
// pod-security-admission/policy/check_runAsNonRoot.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { letPass } from "../let-pass.ts";
import { containerOffenders, podOffender, type Offender } from "../offender.ts";
import { containersWhere, hasUserNamespace, type PodView } from "../pod-view.ts";
import { setters } from "../wording.ts";

export const runAsNonRoot: Check = {
  id: "runAsNonRoot",
  level: "restricted",
  revisions: [{ since: 0, evaluate, locate }, letPass(hasUserNamespace, { since: 35, evaluate, locate })],
};

const allowsRoot = (context: SecurityContext | null | undefined): boolean => context?.runAsNonRoot === false;
const saysNothing = (context: SecurityContext | null | undefined): boolean => context?.runAsNonRoot == null;

// Explicit refusals hide the implicit ones.
function evaluate(pod: PodView): Violation | undefined {
  const podValue = pod.securityContext?.runAsNonRoot;
  const explicit = containersWhere(pod, allowsRoot);
  if (podValue === false || explicit !== undefined) {
    const who = setters(podValue === false, explicit);
    return violation(`${who} must not set securityContext.runAsNonRoot=false`);
  }
  if (podValue === true) return undefined;
  const implicit = containersWhere(pod, saysNothing);
  if (implicit === undefined) return undefined;
  return violation(`pod or ${implicit} must set securityContext.runAsNonRoot=true`);
}

function violation(detail: string): Violation {
  return { check: "runAsNonRoot", reason: "runAsNonRoot != true", detail };
}

function locate(pod: PodView): Offender[] {
  const field = ["securityContext", "runAsNonRoot"];
  const podValue = pod.securityContext?.runAsNonRoot;
  const explicit = [
    ...(podValue === false ? [podOffender(pod, ["spec", ...field])] : []),
    ...containerOffenders(pod, field, (view) => allowsRoot(view.container.securityContext)),
  ];
  if (explicit.length > 0 || podValue === true) return explicit;
  return containerOffenders(pod, field, (view) => saysNothing(view.container.securityContext), false);
}
