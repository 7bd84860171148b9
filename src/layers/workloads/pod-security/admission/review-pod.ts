// Requests about pods: enforced, audited and warned about (pod-security-admission/admission/admission.go ValidatePod).

import { podTemplate } from "../../../../kubernetes/pod.ts";
import { narrow } from "../../../../kubernetes/shape.ts";
import { quoteGo } from "../go-text.ts";
import { exemptionOf, type PodSecurityConfiguration } from "./configuration.ts";
import { describeProblems } from "./describe-problems.ts";
import { evaluateModes } from "./evaluate-modes.ts";
import { isFullyPrivileged, podSecurityPolicyOf } from "./policy.ts";
import type { AdmissionRequest, ClusterView } from "./request.ts";
import { ALLOWED, badRequest, exempted, internalError, type AdmissionResponse } from "./response.ts";
import { isSignificantPodUpdate } from "./significant-pod-update.ts";

/** Subresources that cannot change a pod's spec. Any other, even an unknown one, is evaluated. */
const IGNORED_SUBRESOURCES: ReadonlySet<string> = new Set([
  "attach",
  "binding",
  "eviction",
  "exec",
  "log",
  "portforward",
  "proxy",
  "status",
]);

export function reviewPod(
  request: AdmissionRequest,
  configuration: PodSecurityConfiguration,
  cluster: ClusterView,
): AdmissionResponse {
  if (IGNORED_SUBRESOURCES.has(request.subresource)) return ALLOWED;
  const exemption = exemptionOf(configuration, request);
  if (exemption !== undefined) return exempted(exemption);

  const labels = cluster.namespaceLabels(request.namespace);
  if (labels === undefined) {
    const name = quoteGo(request.namespace);
    return internalError(`failed to lookup namespace ${name}`, `namespaces ${name} not found`);
  }
  const policy = podSecurityPolicyOf(labels, configuration.defaults);
  if (policy.errors.length === 0 && isFullyPrivileged(policy.policy)) {
    return { allowed: true, auditAnnotations: { "enforce-policy": "privileged:latest" } };
  }

  const pod = narrow(podTemplate, request.object);
  if (!pod.ok) return badRequest("failed to decode object", describeProblems(pod.problems));
  if (request.operation === "UPDATE") {
    const oldPod = narrow(podTemplate, request.oldObject);
    if (!oldPod.ok) return badRequest("failed to decode old object", describeProblems(oldPod.problems));
    if (!isSignificantPodUpdate(pod.value, oldPod.value)) return ALLOWED;
  }
  return evaluateModes(pod.value, policy, request, configuration, true);
}
