// Restricted, since v1.22: every container must drop ALL capabilities and may add back only NET_BIND_SERVICE. Since
// v1.25 pods whose spec.os.name is windows are let pass. Stricter than capabilities_baseline, so that need not run.
// pod-security-admission/policy/check_capabilities_restricted.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import { addedCapabilities, locateAddedCapabilities } from "../capabilities.ts";
import type { BaselineCheckId, Check, Violation } from "../check.ts";
import { letPass } from "../let-pass.ts";
import { containerOffenders, type Offender } from "../offender.ts";
import { containersWhere, isWindowsPod, type PodView } from "../pod-view.ts";
import { distinct, quoteAll } from "../wording.ts";

const overrides: readonly BaselineCheckId[] = ["capabilities_baseline"];

export const capabilitiesRestricted: Check = {
  id: "capabilities_restricted",
  level: "restricted",
  revisions: [
    { since: 22, overrides, evaluate, locate },
    letPass(isWindowsPod, { since: 25, overrides, evaluate, locate }),
  ],
};

const isForbidden = (capability: string | null): boolean => capability !== "NET_BIND_SERVICE";

const keepsSome = (context: SecurityContext | null | undefined): boolean =>
  !(context?.capabilities?.drop?.includes("ALL") ?? false);

const addsForbidden = (context: SecurityContext | null | undefined): boolean =>
  context?.capabilities?.add?.some(isForbidden) ?? false;

function evaluate(pod: PodView): Violation | undefined {
  const keeping = containersWhere(pod, keepsSome);
  const adding = containersWhere(pod, addsForbidden);
  if (keeping === undefined && adding === undefined) return undefined;
  const details: string[] = [];
  if (keeping !== undefined) {
    details.push(`${keeping} must set securityContext.capabilities.drop=["ALL"]`);
  }
  if (adding !== undefined) {
    const forbidden = quoteAll(distinct(addedCapabilities(pod, isForbidden)));
    details.push(`${adding} must not include ${forbidden} in securityContext.capabilities.add`);
  }
  return { check: "capabilities_restricted", reason: "unrestricted capabilities", detail: details.join("; ") };
}

function locate(pod: PodView): Offender[] {
  const drop = ["securityContext", "capabilities", "drop"];
  return [
    ...containerOffenders(pod, drop, (view) => keepsSome(view.container.securityContext), []),
    ...locateAddedCapabilities(pod, isForbidden),
  ];
}
