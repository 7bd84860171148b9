// One pod under the three modes of a namespace's policy (pod-security-admission/admission/admission.go EvaluatePod).

import type { PodTemplate } from "../../../../kubernetes/pod.ts";
import { aggregate, evaluatePod } from "../evaluate.ts";
import { effectiveMinor } from "../policy-version.ts";
import { isExempt, type PodSecurityConfiguration } from "./configuration.ts";
import { formatLabelErrors } from "./label-error.ts";
import { formatLevelVersion, type LevelVersion, type PolicyFromLabels } from "./policy.ts";
import type { AdmissionRequest } from "./request.ts";
import { exempted, forbidden, type AdmissionResponse } from "./response.ts";

/** The answer to a request that carries this pod or template. `enforces` is true for pods only. */
export function evaluateModes(
  pod: PodTemplate,
  { policy, errors }: PolicyFromLabels,
  request: AdmissionRequest,
  configuration: PodSecurityConfiguration,
  enforces: boolean,
): AdmissionResponse {
  if (isExempt(configuration.exemptions.runtimeClasses, pod.spec?.runtimeClassName)) return exempted("runtimeClass");
  const violationOf = violationsOf(pod, configuration.minor);
  const enforced = enforces ? violationOf(policy.enforce) : undefined;
  const audited = violationOf(policy.audit);
  const auditAnnotations = {
    ...(errors.length === 0 ? {} : { error: `Failed to parse policy: ${formatLabelErrors(errors)}` }),
    ...(enforces ? { "enforce-policy": formatLevelVersion(policy.enforce) } : {}),
    ...(audited === undefined ? {} : { "audit-violations": `would violate ${audited}` }),
  };
  if (enforced !== undefined) {
    return { allowed: false, auditAnnotations, status: forbidden(request, `violates ${enforced}`) };
  }
  const warned = violationOf(policy.warn);
  return {
    allowed: true,
    auditAnnotations,
    ...(warned === undefined ? {} : { warnings: [`would violate ${warned}`] }),
  };
}

/** Evaluates once per level and version: the modes often agree. */
function violationsOf(
  pod: PodTemplate,
  minor: PodSecurityConfiguration["minor"],
): (policy: LevelVersion) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (policy) => {
    const key = formatLevelVersion(policy);
    if (!known.has(key)) {
      const evaluation = evaluatePod(pod, policy.level, effectiveMinor(policy.version, minor));
      known.set(key, evaluation.allowed ? undefined : `PodSecurity "${key}": ${aggregate(evaluation).detail}`);
    }
    return known.get(key);
  };
}
