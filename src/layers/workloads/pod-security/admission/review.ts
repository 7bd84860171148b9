// Answers an admission request as Pod Security admission does: pods are enforced, controllers audited and warned about,
// namespaces checked for their labels and for the pods they already have
// (pod-security-admission/admission/admission.go Validate).

import type { PodSecurityConfiguration } from "./configuration.ts";
import { reviewController } from "./review-controller.ts";
import { reviewNamespace } from "./review-namespace.ts";
import { reviewPod } from "./review-pod.ts";
import type { AdmissionRequest, ClusterView } from "./request.ts";
import type { AdmissionResponse } from "./response.ts";

/** Never throws for a malformed object: pods are then refused, controllers let pass with an audit annotation. */
export function reviewRequest(
  request: AdmissionRequest,
  configuration: PodSecurityConfiguration,
  cluster: ClusterView,
): AdmissionResponse {
  if (request.group === "" && request.resource === "namespaces")
    return reviewNamespace(request, configuration, cluster);
  if (request.group === "" && request.resource === "pods") return reviewPod(request, configuration, cluster);
  return reviewController(request, configuration, cluster);
}
