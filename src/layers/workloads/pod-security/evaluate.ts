// Asks whether a pod meets a Pod Security level at a policy version, and why not
// (pod-security-admission/policy/registry.go EvaluatePod, checks.go AggregateCheckResults).

import type { PodTemplate } from "../../../kubernetes/pod.ts";
import type { Violation } from "./check.ts";
import { viewPod } from "./pod-view.ts";
import type { PolicyLevel } from "./policy-level.ts";
import { effectiveMinor, type PolicyVersion } from "./policy-version.ts";
import { revisionsFor } from "./registry.ts";

export interface PodEvaluation {
  readonly allowed: boolean;
  /** In the order in which the API server names them; empty when the pod is allowed. */
  readonly violations: readonly Violation[];
}

/** What Pod Security admission says in one text about all violations. */
export interface ForbiddenText {
  /** `host namespaces, privileged` */
  readonly reason: string;
  /** `host namespaces (hostNetwork=true), privileged (container "a" must not set …)` */
  readonly detail: string;
}

const ALLOWED: PodEvaluation = { allowed: true, violations: [] };

/**
 * Evaluates a pod, or the template a controller stamps pods from, exactly as it is given: apply API defaulting
 * (`defaultPod`, `defaultTemplate`) first. Linear in the number of containers, volumes and annotations.
 *
 * @example
 * evaluatePod({ spec: { hostPID: true } }, "baseline", "latest").violations
 * // [{ check: "hostNamespaces", reason: "host namespaces", detail: "hostPID=true" }]
 */
export function evaluatePod(pod: PodTemplate, level: PolicyLevel, version: PolicyVersion): PodEvaluation {
  const revisions = revisionsFor(level, effectiveMinor(version));
  const view = viewPod(pod);
  let violations: Violation[] | undefined;
  for (const revision of revisions) {
    const violation = revision.evaluate(view);
    if (violation !== undefined) (violations ??= []).push(violation);
  }
  return violations === undefined ? ALLOWED : { allowed: false, violations };
}

/** Joins the violations as the API server's messages do; empty texts when there are none. */
export function aggregate({ violations }: Pick<PodEvaluation, "violations">): ForbiddenText {
  let reasons = "";
  let details = "";
  for (const { reason, detail } of violations) {
    const separator = reasons === "" ? "" : ", ";
    reasons += separator + reason;
    details += separator + (detail === "" ? reason : `${reason} (${detail})`);
  }
  return { reason: reasons, detail: details };
}
