// Pod Security admission as the API server runs it: labels to policies, requests to answers.

export type { Exemptions, PodSecurityConfiguration } from "./configuration.ts";
export { formatLabelError, formatLabelErrors, type LabelError } from "./label-error.ts";
export {
  formatLevelVersion,
  isFullyPrivileged,
  podSecurityPolicyOf,
  POLICY_MODES,
  PRIVILEGED_POLICY,
  type LevelVersion,
  type PodSecurityPolicy,
  type PolicyFromLabels,
  type PolicyMode,
} from "./policy.ts";
export type { AdmissionRequest, ClusterView } from "./request.ts";
export type { AdmissionResponse, RefusalStatus } from "./response.ts";
export { reviewRequest } from "./review.ts";
