// Numbers of a security context that a pod sets for its containers, and containers for themselves.

import type { PodSubject } from "../../verdicts/pod-subject.ts";
import type { Fault } from "./fault.ts";

/**
 * Each place that sets `field` to a bad number: the pod, unless every container has its own; and containers, as elements
 * of their own.
 */
export function contextFaults(
  { spec, containers }: PodSubject,
  field: "runAsUser" | "runAsGroup",
  isBad: (value: number) => boolean,
): readonly Fault[] {
  const faults: Fault[] = [];
  const forPod = spec.securityContext?.[field];
  const isInherited = containers.some(({ container }) => container.securityContext?.[field] == null);
  if (forPod != null && isBad(forPod) && isInherited) faults.push({ field: ["spec", "securityContext", field] });
  for (const { name, container, path } of containers) {
    const value = container.securityContext?.[field];
    if (value != null && isBad(value))
      faults.push({ field: ["spec", ...path, "securityContext", field], element: name });
  }
  return faults;
}

/** Numbers that users and groups of the node have; 0 is judged by rules of its own. */
export function isLowId(id: number): boolean {
  return id > 0 && id < 10_000;
}
