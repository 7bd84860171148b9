// Baseline: a pod must not share the node's network, process or IPC namespace.
// pod-security-admission/policy/check_hostNamespaces.go

import type { Check, Violation } from "../check.ts";
import { podOffender, type Offender } from "../offender.ts";
import type { PodView } from "../pod-view.ts";

export const hostNamespaces: Check = {
  id: "hostNamespaces",
  level: "baseline",
  revisions: [{ since: 0, evaluate, locate }],
};

const FIELDS = ["hostNetwork", "hostPID", "hostIPC"] as const;

function sharedNamespaces(pod: PodView): (typeof FIELDS)[number][] {
  return FIELDS.filter((field) => pod.spec[field] === true);
}

function evaluate(pod: PodView): Violation | undefined {
  const { hostNetwork, hostPID, hostIPC } = pod.spec;
  if (hostNetwork !== true && hostPID !== true && hostIPC !== true) return undefined;
  return {
    check: "hostNamespaces",
    reason: "host namespaces",
    detail: sharedNamespaces(pod)
      .map((field) => `${field}=true`)
      .join(", "),
  };
}

function locate(pod: PodView): Offender[] {
  return sharedNamespaces(pod).map((field) => podOffender(pod, ["spec", field]));
}
