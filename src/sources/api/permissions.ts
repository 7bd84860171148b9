// The exact rights a feature needs, made from the table of kinds: nothing that is not read, no wildcard, no Secrets.

import { scanKindsFor, type Feature, type ScanKind } from "./scan-kinds.ts";

export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

export interface RoleObject {
  readonly apiVersion: "rbac.authorization.k8s.io/v1";
  readonly kind: "ClusterRole" | "Role";
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly PolicyRule[];
}

export interface PermissionsRequest {
  /** All when absent. */
  readonly features?: readonly Feature[];
  /** With namespaces: a Role in each, and a ClusterRole for what has no namespace. */
  readonly namespaces?: readonly string[];
  /** `["list", "watch"]` for what stays and watches. Default `["list"]`. */
  readonly verbs?: readonly string[];
  /** Default `ringwall-scan`. */
  readonly name?: string;
}

/** Discovery and version, which most clusters grant to every authenticated user; hardened ones do not. */
const DISCOVERY: PolicyRule = { nonResourceURLs: ["/api", "/api/*", "/apis", "/apis/*", "/version"], verbs: ["get"] };

/** The roles, in the order to apply them. */
export function permissionsFor(request: PermissionsRequest = {}): readonly RoleObject[] {
  const { namespaces = [], verbs = ["list"], name = "ringwall-scan" } = request;
  const kinds = scanKindsFor(request.features);
  const apiVersion = "rbac.authorization.k8s.io/v1";
  if (namespaces.length === 0) {
    return [{ apiVersion, kind: "ClusterRole", metadata: { name }, rules: [...rulesFor(kinds, verbs), DISCOVERY] }];
  }
  const inside = kinds.filter((kind) => kind.isNamespaced);
  // A scan of namespaces reads each one's own Namespace object by name, and for that a Role in it is enough.
  const outside = kinds.filter((kind) => !kind.isNamespaced && !isNamespace(kind));
  const ownNamespace = kinds.some(isNamespace);
  const clusterRole: RoleObject = {
    apiVersion,
    kind: "ClusterRole",
    metadata: { name: `${name}-cluster` },
    rules: [...rulesFor(outside, verbs), DISCOVERY],
  };
  const roles = namespaces.map((namespace): RoleObject => {
    const own = { apiGroups: [""], resources: ["namespaces"], resourceNames: [namespace], verbs: ["get"] };
    const rules = [...rulesFor(inside, verbs), ...(ownNamespace ? [own] : [])];
    return { apiVersion, kind: "Role", metadata: { name, namespace }, rules };
  });
  return [clusterRole, ...roles];
}

function isNamespace(kind: ScanKind): boolean {
  return kind.group === "" && kind.resource === "namespaces";
}

function rulesFor(kinds: readonly ScanKind[], verbs: readonly string[]): readonly PolicyRule[] {
  const groups = [...new Set(kinds.map((kind) => kind.group))];
  return groups.map((group) => ({
    apiGroups: [group],
    resources: kinds
      .filter((kind) => kind.group === group)
      .map((kind) => kind.resource)
      .sort(),
    verbs,
  }));
}

/** The roles as YAML documents, for `kubectl apply -f -`. */
export function permissionsYaml(roles: readonly RoleObject[]): string {
  return roles.map(roleYaml).join("---\n");
}

function roleYaml(role: RoleObject): string {
  const { name, namespace } = role.metadata;
  return [
    `apiVersion: ${role.apiVersion}`,
    `kind: ${role.kind}`,
    "metadata:",
    `  name: ${JSON.stringify(name)}`,
    ...(namespace === undefined ? [] : [`  namespace: ${JSON.stringify(namespace)}`]),
    "rules:",
    ...role.rules.flatMap(ruleYaml),
    "",
  ].join("\n");
}

// Every string is quoted as JSON, which is YAML too; `""` is the core group and must not vanish.
function ruleYaml(rule: PolicyRule): readonly string[] {
  const fields = Object.entries(rule) as [string, readonly string[]][]; // all fields of a rule are lists of strings
  return fields.map(([field, values], index) => `  ${index === 0 ? "-" : " "} ${field}: ${JSON.stringify(values)}`);
}
