// Baseline: neither the pod nor a container may be a Windows HostProcess, which runs on the node itself.
// pod-security-admission/policy/check_windowsHostProcess.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import type { Check, Violation } from "../check.ts";
import { containerOffenders, podOffender, type Offender } from "../offender.ts";
import { containersWhere, type PodView } from "../pod-view.ts";
import { setters } from "../wording.ts";

export const windowsHostProcess: Check = {
  id: "windowsHostProcess",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

const isHostProcess = (context: Pick<SecurityContext, "windowsOptions"> | null | undefined): boolean =>
  context?.windowsOptions?.hostProcess === true;

function evaluate(pod: PodView): Violation | undefined {
  const podIs = isHostProcess(pod.securityContext);
  const names = containersWhere(pod, isHostProcess);
  if (!podIs && names === undefined) return undefined;
  return {
    check: "windowsHostProcess",
    reason: "hostProcess",
    detail: `${setters(podIs, names)} must not set securityContext.windowsOptions.hostProcess=true`,
  };
}

function locate(pod: PodView): Offender[] {
  const field = ["securityContext", "windowsOptions", "hostProcess"];
  return [
    ...(isHostProcess(pod.securityContext) ? [podOffender(pod, ["spec", ...field])] : []),
    ...containerOffenders(pod, field, (view) => isHostProcess(view.container.securityContext)),
  ];
}
