// Random roles, bindings and questions that a real API server accepts: names collide on purpose, wildcards stand in odd
// places, and rules and requests share a small vocabulary so that a good part of the answers is yes.

import fc from "fast-check";
import { resourceAction, pathAction, type Action } from "../../../src/layers/access/action.ts";
import type { Identity } from "../../../src/layers/access/identity.ts";
import {
  AUTHENTICATED_GROUP,
  NODES_GROUP,
  serviceAccountGroups,
  serviceAccountUser,
} from "../../../src/layers/access/identity.ts";

export const NAMESPACES = ["one", "two"] as const;
export const NODES = ["node-0", "node-1", "node-2"] as const;
export const SECRETS = ["a", "b", "c"] as const;
const RBAC = "rbac.authorization.k8s.io";
const RBAC_V1 = `${RBAC}/v1`;

const verbs = [
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "bind",
  "escalate",
  "*",
  "ge*",
] as const;
const groups = ["", "apps", RBAC, "example.com", "*"] as const;
const resources = [
  "pods",
  "pods/log",
  "pods/exec",
  "pods/*",
  "secrets",
  "configmaps",
  "deployments",
  "roles",
  "clusterroles",
  "rolebindings",
  "clusterrolebindings",
  "nodes",
  "*",
  "*/log",
  "*/exec",
  "things",
] as const;
const names = ["a", "b", "r0", "r1", "*"] as const;
const paths = ["/healthz", "/healthz/*", "/metrics", "/api*", "/apis/*", "*"] as const;

const few = <T>(list: readonly T[], maxLength = 3) =>
  fc.uniqueArray(fc.constantFrom(...list), { minLength: 1, maxLength });

const resourceRule = fc.record({
  verbs: fc.oneof(few(verbs), fc.constant(["*"])),
  apiGroups: fc.oneof(few(groups, 2), fc.constant(["*"])),
  resources: fc.oneof(few(resources), fc.constant(["*"])),
  resourceNames: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: few(names, 2) }),
});
const pathRule = fc.record({ verbs: few(verbs), nonResourceURLs: few(paths, 2) });
export type RandomRule = { readonly verbs: readonly string[] };

export const roleRules: fc.Arbitrary<readonly RandomRule[]> = fc.array(resourceRule, { maxLength: 3 });
export const clusterRoleRules: fc.Arbitrary<readonly RandomRule[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: resourceRule }, { weight: 1, arbitrary: pathRule }),
  { maxLength: 3 },
);

export const ROLE_NAMES = ["r0", "r1", "r2", "missing"] as const;

const subject = fc.oneof(
  fc
    .constantFrom("alice", "bob", serviceAccountUser("one", "web"), "system:node:node-1", "*")
    .map((name) => ({ kind: "User", name, apiGroup: RBAC })),
  fc
    .constantFrom("dev", "ops", "system:serviceaccounts", "system:serviceaccounts:two", NODES_GROUP)
    .map((name) => ({ kind: "Group", name, apiGroup: RBAC })),
  fc
    .tuple(fc.constantFrom("web", "default"), fc.constantFrom(...NAMESPACES))
    .map(([name, namespace]) => ({ kind: "ServiceAccount", name, namespace })),
);

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

const roleRef = (kind: string, name: string) => ({ apiGroup: RBAC, kind, name });
const subjects = fc.array(subject, { minLength: 1, maxLength: 3 });

/** Any of the four RBAC objects; its name is one of few, so that worlds replace each other's objects. */
export const rbacObject: fc.Arbitrary<ApiObject> = fc.oneof(
  fc.tuple(fc.constantFrom(...ROLE_NAMES.slice(0, 3)), clusterRoleRules).map(([name, rules]) => ({
    apiVersion: RBAC_V1,
    kind: "ClusterRole",
    metadata: { name },
    rules,
  })),
  fc
    .tuple(fc.constantFrom(...ROLE_NAMES.slice(0, 3)), fc.constantFrom(...NAMESPACES), roleRules)
    .map(([name, namespace, rules]) => ({
      apiVersion: RBAC_V1,
      kind: "Role",
      metadata: { name, namespace },
      rules,
    })),
  fc.tuple(fc.constantFrom("b0", "b1", "b2"), fc.constantFrom(...ROLE_NAMES), subjects).map(([name, role, list]) => ({
    apiVersion: RBAC_V1,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: roleRef("ClusterRole", role),
    subjects: list,
  })),
  fc
    .tuple(
      fc.constantFrom("b0", "b1", "b2"),
      fc.constantFrom(...NAMESPACES),
      fc.constantFrom("Role", "ClusterRole"),
      fc.constantFrom(...ROLE_NAMES, "view", "edit"),
      subjects,
    )
    .map(([name, namespace, kind, role, list]) => ({
      apiVersion: RBAC_V1,
      kind: "RoleBinding",
      metadata: { name, namespace },
      roleRef: roleRef(kind, role),
      subjects: list,
    })),
);

const accountIdentity = fc
  .tuple(fc.constantFrom(...NAMESPACES), fc.constantFrom("web", "default"))
  .map(([namespace, name]): Identity => ({
    user: serviceAccountUser(namespace, name),
    groups: [...serviceAccountGroups(namespace), AUTHENTICATED_GROUP],
  }));
const nodeIdentity = fc.constantFrom(...NODES, "nobody").map((node): Identity => ({
  user: `system:node:${node}`,
  groups: [NODES_GROUP, AUTHENTICATED_GROUP],
}));
/** Identities that may be impersonated as they are. */
export const userIdentity = fc
  .tuple(fc.constantFrom("alice", "bob"), fc.subarray(["dev", "ops"]))
  .map(([user, extra]): Identity => ({
    user,
    groups: [...extra, AUTHENTICATED_GROUP],
  }));
export const identity: fc.Arbitrary<Identity> = fc.oneof(
  { weight: 4, arbitrary: userIdentity },
  { weight: 2, arbitrary: accountIdentity },
  { weight: 3, arbitrary: nodeIdentity },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { user: "system:anonymous", groups: ["system:unauthenticated"] },
      { user: "x", groups: ["system:masters"] },
      { user: "system:node:node-1", groups: [] },
    ),
  },
);

const anyAction: fc.Arbitrary<Action> = fc
  .record({
    verb: fc.constantFrom("get", "list", "create", "update", "delete", "bind", "escalate", "*", "ge*"),
    resource: fc.constantFrom(
      "pods",
      "secrets",
      "configmaps",
      "deployments",
      "roles",
      "clusterroles",
      "nodes",
      "things",
      "*",
    ),
    apiGroup: fc.constantFrom("", "", "", "apps", RBAC, "*"),
    subresource: fc.constantFrom("", "", "log", "exec", "*"),
    namespace: fc.constantFrom("", ...NAMESPACES, ...NAMESPACES),
    name: fc.constantFrom("", "", ...names),
  })
  .map(({ verb, resource, ...rest }) => resourceAction(verb, resource, rest));

const pathQuestion: fc.Arbitrary<Action> = fc
  .tuple(
    fc.constantFrom("get", "post", "*"),
    fc.constantFrom("/healthz", "/healthz/x", "/metrics", "/api", "/apis/apps", "/version", "*"),
  )
  .map(([verb, path]) => pathAction(verb, path));

/** What kubelets ask. */
const nodeAction: fc.Arbitrary<Action> = fc
  .tuple(
    fc.constantFrom(
      ["", "secrets", ""],
      ["", "configmaps", ""],
      ["", "persistentvolumeclaims", ""],
      ["", "persistentvolumeclaims", "status"],
      ["", "persistentvolumes", ""],
      ["", "serviceaccounts", ""],
      ["", "serviceaccounts", "token"],
      ["", "pods", ""],
      ["", "pods", "status"],
      ["", "pods", "eviction"],
      ["", "nodes", ""],
      ["", "nodes", "status"],
      ["", "services", ""],
      ["", "endpoints", ""],
      ["", "events", ""],
      ["events.k8s.io", "events", ""],
      ["coordination.k8s.io", "leases", ""],
      ["storage.k8s.io", "csinodes", ""],
      ["storage.k8s.io", "csinodes", "status"],
      ["storage.k8s.io", "csidrivers", ""],
      ["storage.k8s.io", "volumeattachments", ""],
      ["resource.k8s.io", "resourceslices", ""],
      ["resource.k8s.io", "resourceclaims", ""],
      ["certificates.k8s.io", "certificatesigningrequests", ""],
      ["certificates.k8s.io", "clustertrustbundles", ""],
      ["certificates.k8s.io", "podcertificaterequests", ""],
      ["node.k8s.io", "runtimeclasses", ""],
      ["authentication.k8s.io", "tokenreviews", ""],
      ["authorization.k8s.io", "subjectaccessreviews", ""],
    ),
    fc.constantFrom("get", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"),
    fc.constantFrom("", "one", "two", "kube-node-lease"),
    fc.constantFrom(
      "",
      ...SECRETS,
      ...NODES,
      "p0",
      "p1",
      "p2",
      "p3",
      "pv0",
      "pv1",
      "web",
      "default",
      "va0",
      "slice0",
      "a-stage",
    ),
    fc.constantFrom("", "", ...NODES),
  )
  .map(([[apiGroup = "", resource = "", subresource = ""], verb, namespace, name, selected]) =>
    resourceAction(verb, resource, {
      apiGroup,
      subresource,
      namespace,
      name,
      ...(selected === "" ? {} : { fieldSelector: [{ field: "spec.nodeName", operator: "=", value: selected }] }),
    }),
  );

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: anyAction },
  { weight: 4, arbitrary: nodeAction },
  { weight: 1, arbitrary: pathQuestion },
);
