// Requests about namespaces: their labels must be readable, and raising the enforced level warns about the pods that
// already violate it (pod-security-admission/admission/admission.go ValidateNamespace).

import { objectMeta } from "../../../../kubernetes/object.ts";
import { narrow, object } from "../../../../kubernetes/shape.ts";
import { compareLevels } from "../policy-level.ts";
import { isExempt, type PodSecurityConfiguration } from "./configuration.ts";
import { describeProblems } from "./describe-problems.ts";
import { exemptNamespaceWarnings } from "./exempt-namespace-warning.ts";
import { areSameLabelErrors } from "./label-error.ts";
import { isSameLevelVersion, podSecurityPolicyOf, type LevelVersion } from "./policy.ts";
import type { AdmissionRequest, ClusterView } from "./request.ts";
import { ALLOWED, allowedWithWarnings, badRequest, invalidNamespace, type AdmissionResponse } from "./response.ts";
import { warnAboutPods } from "./warn-about-pods.ts";

const namespaceShape = object({ metadata: objectMeta });

export function reviewNamespace(
  request: AdmissionRequest,
  configuration: PodSecurityConfiguration,
  cluster: ClusterView,
): AdmissionResponse {
  const { operation } = request;
  if (request.subresource !== "" || (operation !== "CREATE" && operation !== "UPDATE")) return ALLOWED;
  const decoded = narrow(namespaceShape, request.object);
  if (!decoded.ok) return badRequest("failed to decode object", describeProblems(decoded.problems));
  const name = decoded.value.metadata?.name ?? "";
  const labels = decoded.value.metadata?.labels;
  const { policy, errors } = podSecurityPolicyOf(labels, configuration.defaults);
  const isExempted = isExempt(configuration.exemptions.namespaces, request.namespace);
  const exemptAnswer = (): AdmissionResponse =>
    allowedWithWarnings(exemptNamespaceWarnings(name, labels, policy, configuration.defaults));

  if (operation === "CREATE") {
    if (errors.length > 0) return invalidNamespace(request.name, errors);
    return isExempted ? exemptAnswer() : ALLOWED;
  }
  const old = narrow(namespaceShape, request.oldObject);
  if (!old.ok) return badRequest("failed to decode old object", describeProblems(old.problems));
  const before = podSecurityPolicyOf(old.value.metadata?.labels, configuration.defaults);
  // Labels that were wrong already may stay wrong.
  if (errors.length > 0 && !areSameLabelErrors(errors, before.errors)) return invalidNamespace(request.name, errors);
  if (!mayRefuseMore(policy.enforce, before.policy.enforce)) return ALLOWED;
  if (isExempted) return exemptAnswer();
  return allowedWithWarnings(warnAboutPods(name, policy.enforce, configuration, cluster));
}

/** Whether a pod that passed before may be refused now. */
function mayRefuseMore(enforce: LevelVersion, before: LevelVersion): boolean {
  if (enforce.level === "privileged" || isSameLevelVersion(enforce, before)) return false;
  return enforce.version !== before.version || compareLevels(enforce.level, before.level) > 0;
}
