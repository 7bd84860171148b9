// Containers that unmask /proc: what the baseline and the restricted procMount check have in common.

import type { SecurityContext } from "../../../kubernetes/pod.ts";
import type { CheckId, Violation } from "./check.ts";
import { containerOffenders, type Offender } from "./offender.ts";
import { containersWhere, type PodView } from "./pod-view.ts";
import { distinct, quoteAll } from "./wording.ts";

const unmasksProc = (context: SecurityContext | null | undefined): boolean =>
  context?.procMount != null && context.procMount !== "Default";

/** The violation of a pod in which some container sets procMount to anything but Default. */
export function unmaskedProc(pod: PodView, check: CheckId): Violation | undefined {
  const names = containersWhere(pod, unmasksProc);
  if (names === undefined) return undefined;
  const types = pod.contexts.filter(unmasksProc).map((context) => context?.procMount ?? "");
  const forbidden = quoteAll(distinct(types));
  return {
    check,
    reason: "procMount",
    detail: `${names} must not set securityContext.procMount to ${forbidden}`,
  };
}

/** Each procMount that is not Default. */
export function locateUnmaskedProc(pod: PodView): Offender[] {
  const field = ["securityContext", "procMount"];
  return containerOffenders(pod, field, (view) => unmasksProc(view.container.securityContext));
}
