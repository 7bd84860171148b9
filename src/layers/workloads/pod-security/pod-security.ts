// The Pod Security Standards as Kubernetes' own admission evaluates them (k8s.io/pod-security-admission v0.37).

export type { BaselineCheckId, CheckId, RestrictedCheckId, Violation } from "./check.ts";
export { aggregate, evaluatePod, type ForbiddenText, type PodEvaluation } from "./evaluate.ts";
export { locateOffenders } from "./locate.ts";
export type { Offender } from "./offender.ts";
export { compareLevels, parsePolicyLevel, POLICY_LEVELS, type PolicyLevel } from "./policy-level.ts";
export {
  effectiveMinor,
  formatPolicyVersion,
  NEWEST_POLICY_MINOR,
  parsePolicyVersion,
  type PolicyVersion,
} from "./policy-version.ts";
