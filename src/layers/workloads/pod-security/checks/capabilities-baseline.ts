// Baseline: containers may add only the capabilities a container runtime gives by default.
// pod-security-admission/policy/check_capabilities_baseline.go

import type { SecurityContext } from "../../../../kubernetes/pod.ts";
import { addedCapabilities, locateAddedCapabilities } from "../capabilities.ts";
import type { Check, Violation } from "../check.ts";
import { containersWhere, type PodView } from "../pod-view.ts";
import { distinct, quoteAll } from "../wording.ts";

export const capabilitiesBaseline: Check = {
  id: "capabilities_baseline",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate: (pod) => locateAddedCapabilities(pod, isForbidden) }],
};

/** What a container may add at baseline: the default set without NET_RAW. */
const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

const isForbidden = (capability: string | null): boolean => !BASELINE_CAPABILITIES.has(capability ?? "");

const addsForbidden = (context: SecurityContext | null | undefined): boolean =>
  context?.capabilities?.add?.some(isForbidden) ?? false;

function evaluate(pod: PodView): Violation | undefined {
  const names = containersWhere(pod, addsForbidden);
  if (names === undefined) return undefined;
  const forbidden = quoteAll(distinct(addedCapabilities(pod, isForbidden)));
  return {
    check: "capabilities_baseline",
    reason: "non-default capabilities",
    detail: `${names} must not include ${forbidden} in securityContext.capabilities.add`,
  };
}
