// The RBAC API (k8s.io/api/rbac/v1/types.go) as far as the access engine reads it.

import { labelSelector } from "./label-selector.ts";
import { objectMeta } from "./object.ts";
import { array, object, string, type TypeOf } from "./shape.ts";

export const RBAC_GROUP = "rbac.authorization.k8s.io";
export const RBAC_API_VERSION = "rbac.authorization.k8s.io/v1";

/** Set to `"false"` on a default role or binding, it keeps the API server from repairing it at start. */
export const AUTOUPDATE_ANNOTATION = "rbac.authorization.kubernetes.io/autoupdate";

export const policyRuleShape = object({
  verbs: array(string),
  apiGroups: array(string),
  resources: array(string),
  resourceNames: array(string),
  nonResourceURLs: array(string),
});
export type StoredPolicyRule = TypeOf<typeof policyRuleShape>;

export const subjectShape = object({ kind: string, apiGroup: string, name: string, namespace: string });
export type StoredSubject = TypeOf<typeof subjectShape>;

export const roleRefShape = object({ apiGroup: string, kind: string, name: string });

export const roleShape = object({ metadata: objectMeta, rules: array(policyRuleShape) });
export type Role = TypeOf<typeof roleShape>;

export const clusterRoleShape = object({
  metadata: objectMeta,
  rules: array(policyRuleShape),
  aggregationRule: object({ clusterRoleSelectors: array(labelSelector) }),
});
export type ClusterRole = TypeOf<typeof clusterRoleShape>;

/** RoleBinding and ClusterRoleBinding have the same fields; only the latter has no namespace. */
export const bindingShape = object({
  metadata: objectMeta,
  subjects: array(subjectShape),
  roleRef: roleRefShape,
});
export type Binding = TypeOf<typeof bindingShape>;
