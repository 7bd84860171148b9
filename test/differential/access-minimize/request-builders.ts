// Paths and bodies of requests.

import type { UsedRequest } from "./used-request.ts";

export const RBAC = "rbac.authorization.k8s.io";
export const RBAC_PATH = `/apis/${RBAC}/v1`;
export const APPLY = "application/apply-patch+yaml";
export const MERGE = "application/merge-patch+json";
export const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;
export const core = (namespace: string, resource: string, name = ""): string =>
  `/api/v1/namespaces/${namespace}/${resource}${name === "" ? "" : `/${name}`}`;
export const apps = (namespace: string, resource: string, name = ""): string =>
  `/apis/apps/v1/namespaces/${namespace}/${resource}${name === "" ? "" : `/${name}`}`;
export const configMap = (name: string, data: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data,
});
export const role = (name: string, rules: readonly object[], kind = "Role") => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name },
  rules,
});
export const binding = (name: string, roleKind: string, roleName: string, kind = "RoleBinding") => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name },
  roleRef: { apiGroup: RBAC, kind: roleKind, name: roleName },
  subjects: [{ apiGroup: RBAC, kind: "User", name: "nobody" }],
});
const podTemplate = { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web:1" }] } };
export const deployment = (name: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name },
  spec: { selector: { matchLabels: { app: "web" } }, template: podTemplate },
});
export const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: podTemplate.spec });
export const lease = (name: string) => ({
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  metadata: { name },
  spec: {},
});
export const READ_PODS = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }];

export function get(as: string, ...paths: readonly string[]): readonly UsedRequest[] {
  return paths.map((path) => ({ as, method: "GET", path }));
}
