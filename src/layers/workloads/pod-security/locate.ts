// Which fields make a check refuse a pod. Slower than evaluating, so asked only about violations.

import { valueAt, type Path } from "../../../kubernetes/path.ts";
import type { PodTemplate } from "../../../kubernetes/pod.ts";
import type { CheckId } from "./check.ts";
import type { Offender } from "./offender.ts";
import { viewPod } from "./pod-view.ts";
import { effectiveMinor, type PolicyVersion } from "./policy-version.ts";
import { CHECKS, revisionAt } from "./registry.ts";

/**
 * The fields that make `check` refuse `pod` at `version`: empty exactly when it does not. When `pod` went through API
 * defaulting, give what was `declared`: an offender that defaulting made then points at the declared field it was copied
 * from.
 *
 * @example
 * locateOffenders({ spec: { hostPID: true } }, "hostNamespaces", "latest")
 * // [{ path: ["spec", "hostPID"], value: true }]
 */
export function locateOffenders(
  pod: PodTemplate,
  check: CheckId,
  version: PolicyVersion,
  declared: PodTemplate = pod,
): readonly Offender[] {
  const definition = CHECKS.find(({ id }) => id === check);
  const revision = definition === undefined ? undefined : revisionAt(definition, effectiveMinor(version));
  const offenders = revision?.locate(viewPod(pod)) ?? [];
  return declared === pod ? offenders : offenders.map((offender) => declaredOffender(offender, declared));
}

// Only one offending value comes from defaulting: the hostPort of a pod in the node's network, copied from containerPort.
function declaredOffender(offender: Offender, declared: PodTemplate): Offender {
  if (offender.path.at(-1) !== "hostPort" || valueAt(declared, offender.path) === offender.value) return offender;
  const hostNetwork: Path = ["spec", "hostNetwork"];
  return {
    ...offender,
    path: [...offender.path.slice(0, -1), "containerPort"],
    because: { path: hostNetwork, value: valueAt(declared, hostNetwork) },
  };
}
