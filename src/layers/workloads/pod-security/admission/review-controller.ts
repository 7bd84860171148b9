// Requests about what stamps pods: audited and warned about, never refused
// (pod-security-admission/admission/admission.go ValidatePodController).

import { valueAt } from "../../../../kubernetes/path.ts";
import { podTemplate } from "../../../../kubernetes/pod.ts";
import { narrow } from "../../../../kubernetes/shape.ts";
import { quoteGo } from "../go-text.ts";
import { exemptionOf, type PodSecurityConfiguration } from "./configuration.ts";
import { describeProblems } from "./describe-problems.ts";
import { evaluateModes } from "./evaluate-modes.ts";
import { podSecurityPolicyOf } from "./policy.ts";
import type { AdmissionRequest, ClusterView } from "./request.ts";
import { ALLOWED, allowedDespite, exempted, type AdmissionResponse } from "./response.ts";

/** The resources whose templates admission knows: `group/resource` → where. Controllers by CRD are invisible to it. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ["/podtemplates", ["template"]],
  ["/replicationcontrollers", ["spec", "template"]],
  ["apps/daemonsets", ["spec", "template"]],
  ["apps/deployments", ["spec", "template"]],
  ["apps/replicasets", ["spec", "template"]],
  ["apps/statefulsets", ["spec", "template"]],
  ["batch/cronjobs", ["spec", "jobTemplate", "spec", "template"]],
  ["batch/jobs", ["spec", "template"]],
]);

/** The one resource whose template may be left out. */
const OPTIONAL_TEMPLATE = "/replicationcontrollers";

export function reviewController(
  request: AdmissionRequest,
  configuration: PodSecurityConfiguration,
  cluster: ClusterView,
): AdmissionResponse {
  const resource = `${request.group}/${request.resource}`;
  const path = TEMPLATES.get(resource);
  if (path === undefined || request.subresource !== "") return ALLOWED;
  const exemption = exemptionOf(configuration, request);
  if (exemption !== undefined) return exempted(exemption);

  const labels = cluster.namespaceLabels(request.namespace);
  if (labels === undefined) {
    const name = quoteGo(request.namespace);
    return allowedDespite(`failed to lookup namespace ${name}: namespaces ${name} not found`);
  }
  const policy = podSecurityPolicyOf(labels, configuration.defaults);
  const { audit, warn } = policy.policy;
  if (policy.errors.length === 0 && audit.level === "privileged" && warn.level === "privileged") return ALLOWED;

  const value = valueAt(request.object, path);
  if (value == null && resource === OPTIONAL_TEMPLATE) return ALLOWED;
  const template = narrow(podTemplate, value, path);
  if (!template.ok) return allowedDespite(`failed to decode object: ${describeProblems(template.problems)}`);
  return evaluateModes(template.value, policy, request, configuration, false);
}
