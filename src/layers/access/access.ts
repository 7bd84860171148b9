// The access engine's public face: who may do what, exactly as the API server decides it.

export { createAccess, type Access, type AccessOptions } from "./access-engine.ts";
export type { AccessChange } from "./access-state.ts";
export { pathAction, resourceAction, type Action, type PathAction, type ResourceAction } from "./action.ts";
export type { AuthorizerMode } from "./authorizer.ts";
export type { Decision } from "./decision.ts";
export { diagnose } from "./diagnose.ts";
export type { AccessDiagnostic } from "./diagnostic.ts";
export { diffAccess, type RightsChange } from "./access-diff.ts";
export { recogniseBinding, recogniseRole, defaultBindings, defaultRoles, type Recognition } from "./bootstrap.ts";
export { covers, type Coverage } from "./cover.ts";
export type { Grant, RbacGrant } from "./grant.ts";
export { authenticated, serviceAccountUser, type Identity } from "./identity.ts";
export { impersonations, type Impersonation } from "./impersonation.ts";
export { kubeletActions } from "./kubelet-request.ts";
export { listRights, type Rights } from "./list-rights.ts";
export { membershipOf, type Membership } from "./membership.ts";
export { minimalRules } from "./minimal-rules.ts";
export { accessFeatures, type AccessFeatures } from "./minor-differences.ts";
export { policyRuleOf, type PolicyRule } from "./policy-rule.ts";
export { actionOfRequest } from "./request-info.ts";
export {
  certificateRequirement,
  createOnUpdateRequirement,
  ownerReferenceRequirement,
  podCertificateRequirement,
  podConnectRequirement,
  policyBindingRequirement,
  policyParametersRequirement,
  signerRequirement,
  trustBundleRequirement,
} from "./request-requirements.ts";
export { checksOf, evaluate, refusalOf, type Check, type Requirement, type Verdict } from "./requirement.ts";
export type { AccessObject, ResourceReference } from "./resource-reference.ts";
export type { Subject } from "./subject.ts";
export type { AllowedSubject, WhoCan } from "./who-can.ts";
export { bindingWriteRequirement, roleWriteRequirement } from "./write-requirements.ts";
