// Requests of several subjects, of every sort that asks for more than its verb says: what a log is recorded from, and what
// is asked again under the proposed roles.

import type { Answer, RequestOptions } from "../../servers/api-request.ts";
import type { ControlPlane } from "../../servers/control-plane.ts";

export interface UsedRequest {
  /** A user with a token of the token file, or `system:serviceaccount:NAMESPACE:NAME`. */
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Deleted by the administrator first, so that the request makes it anew. */
  readonly fresh?: string;
  /** Made by the administrator first. */
  readonly given?: { readonly path: string; readonly body: unknown };
}

const RBAC = "rbac.authorization.k8s.io";
const RBAC_PATH = `/apis/${RBAC}/v1`;
const APPLY = "application/apply-patch+yaml";
const MERGE = "application/merge-patch+json";
export const NAMESPACES = ["shop", "billing", "ops"] as const;
export const USERS = [
  { name: "alice", groups: [] },
  { name: "bob", groups: ["writers"] },
  { name: "approver", groups: [] },
  { name: "acting", groups: [] },
  { name: "carol", groups: ["devs"] },
  { name: "dave", groups: ["devs"] },
] as const;
export const ACCOUNTS = [
  { namespace: "shop", name: "reader" },
  { namespace: "shop", name: "deployer" },
  { namespace: "ops", name: "operator" },
] as const;
const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;
const reader = account("shop", "reader");
const deployer = account("shop", "deployer");
const operator = account("ops", "operator");

const core = (namespace: string, resource: string, name = ""): string =>
  `/api/v1/namespaces/${namespace}/${resource}${name === "" ? "" : `/${name}`}`;
const apps = (namespace: string, resource: string, name = ""): string =>
  `/apis/apps/v1/namespaces/${namespace}/${resource}${name === "" ? "" : `/${name}`}`;
const configMap = (name: string, data: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data,
});
const role = (name: string, rules: readonly object[], kind = "Role") => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name },
  rules,
});
const binding = (name: string, roleKind: string, roleName: string, kind = "RoleBinding") => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name },
  roleRef: { apiGroup: RBAC, kind: roleKind, name: roleName },
  subjects: [{ apiGroup: RBAC, kind: "User", name: "nobody" }],
});
const podTemplate = { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web:1" }] } };
const deployment = (name: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name },
  spec: { selector: { matchLabels: { app: "web" } }, template: podTemplate },
});
const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: podTemplate.spec });
const lease = (name: string) => ({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name }, spec: {} });
const READ_PODS = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }];

/** A certificate request for `carol`, made once with openssl; the tests only approve it. */
export function usedRequests(certificateRequest: string): readonly UsedRequest[] {
  return [
    ...readerRequests(),
    ...deployerRequests(),
    ...operatorRequests(),
    ...aliceRequests(),
    ...bobRequests(),
    ...approverRequests(certificateRequest),
    ...actingRequests(),
    ...groupRequests(),
  ];
}

function get(as: string, ...paths: readonly string[]): readonly UsedRequest[] {
  return paths.map((path) => ({ as, method: "GET", path }));
}

function readerRequests(): readonly UsedRequest[] {
  return [
    ...get(reader, "/api", "/apis", "/api/v1", "/apis/apps/v1", "/version", "/openapi/v3", "/healthz"),
    ...get(
      reader,
      core("shop", "pods"),
      core("shop", "services"),
      core("shop", "configmaps"),
      apps("shop", "deployments"),
    ),
    ...get(reader, ...["one", "two", "three"].map((name) => core("shop", "configmaps", name))),
    ...get(reader, ...["missing-a", "missing-b"].map((name) => core("shop", "secrets", name))),
    ...get(reader, `${core("shop", "pods")}?watch=true&timeoutSeconds=1`),
    ...get(reader, `${core("shop", "secrets")}?fieldSelector=metadata.name%3Dtls`),
    ...get(reader, `${core("shop", "configmaps")}?labelSelector=app%3Dweb&limit=5`),
    ...get(reader, core("shop", "pods", "web-5d8c7b9f4-x2x5z"), `${core("shop", "pods", "web-5d8c7b9f4-x2x5z")}/log`),
    ...["replicationcontrollers", "resourcequotas", "limitranges", "serviceaccounts", "persistentvolumeclaims"].flatMap(
      (resource) => get(reader, core("shop", resource), core("shop", resource, "none")),
    ),
    ...["replicasets", "statefulsets", "daemonsets", "controllerrevisions"].flatMap((resource) =>
      get(reader, apps("shop", resource), apps("shop", resource, "none"), apps("shop", resource, "neither")),
    ),
    ...get(reader, core("shop", "endpoints", "web"), core("shop", "pods", "web")),
    ...get(reader, core("billing", "configmaps", "shared"), "/api/v1/namespaces/shop", "/api/v1/namespaces/gone"),
    ...get(reader, "/api/v1/nodes", "/api/v1/nodes/node-1", "/apis/storage.k8s.io/v1/storageclasses"),
  ];
}

function deployerRequests(): readonly UsedRequest[] {
  const as = deployer;
  const web = apps("shop", "deployments", "web");
  return [
    { as, method: "POST", path: apps("shop", "deployments"), body: deployment("web"), fresh: web },
    { as, method: "POST", path: apps("shop", "deployments"), body: deployment("web") },
    ...get(as, web, `${web}/scale`, `${web}/status`),
    { as, method: "PATCH", path: web, body: { metadata: { labels: { a: "b" } } }, contentType: MERGE },
    { as, method: "PATCH", path: `${web}/scale`, body: { spec: { replicas: 2 } }, contentType: MERGE },
    { as, method: "PATCH", path: apps("shop", "deployments", "nothing"), body: {}, contentType: MERGE },
    {
      as,
      method: "PATCH",
      path: `${apps("shop", "deployments", "applied")}?fieldManager=test`,
      body: deployment("applied"),
      contentType: APPLY,
      fresh: apps("shop", "deployments", "applied"),
    },
    {
      as,
      method: "PATCH",
      path: `${core("shop", "configmaps", "applied")}?fieldManager=test&force=true`,
      body: configMap("applied", { a: "1" }),
      contentType: APPLY,
      fresh: core("shop", "configmaps", "applied"),
    },
    {
      as,
      method: "PUT",
      path: `/apis/coordination.k8s.io/v1/namespaces/shop/leases/lock`,
      body: lease("lock"),
      fresh: "/apis/coordination.k8s.io/v1/namespaces/shop/leases/lock",
    },
    { as, method: "PUT", path: "/apis/coordination.k8s.io/v1/namespaces/shop/leases/lock", body: lease("lock") },
    { as, method: "POST", path: core("shop", "pods"), body: pod("made"), fresh: core("shop", "pods", "made") },
    { as, method: "POST", path: `${core("shop", "pods", "made")}/exec?command=ls&stdout=true` },
    ...get(as, `${core("shop", "pods", "web")}/exec?command=ls&stdout=true`, `${core("shop", "pods", "web")}/attach`),
    { as, method: "POST", path: `${core("shop", "pods", "web")}/portforward?ports=80` },
    {
      as,
      method: "POST",
      path: `${core("shop", "pods", "made")}/eviction`,
      body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "made", namespace: "shop" } },
    },
    { as, method: "DELETE", path: core("shop", "pods", "made") },
    { as, method: "DELETE", path: `${core("shop", "pods")}?labelSelector=none%3Dnone` },
    {
      as,
      method: "POST",
      path: `${core("shop", "serviceaccounts", "reader")}/token`,
      body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
    },
    { as, method: "POST", path: `${core("shop", "configmaps")}?dryRun=All`, body: configMap("dry") },
    {
      as,
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { verb: "get", resource: "pods", namespace: "shop" } },
      },
    },
  ];
}

/** The same in several namespaces, and some things in all. */
function operatorRequests(): readonly UsedRequest[] {
  const as = operator;
  return [
    ...NAMESPACES.flatMap((namespace): readonly UsedRequest[] => [
      ...get(as, core(namespace, "configmaps"), core(namespace, "configmaps", "operator-state")),
      {
        as,
        method: "POST",
        path: core(namespace, "configmaps"),
        body: configMap("operator-state"),
        fresh: core(namespace, "configmaps", "operator-state"),
      },
      { as, method: "PUT", path: core(namespace, "configmaps", "operator-state"), body: configMap("operator-state") },
      {
        as,
        method: "POST",
        path: core(namespace, "events"),
        body: {
          apiVersion: "v1",
          kind: "Event",
          metadata: { generateName: "operator-" },
          involvedObject: { kind: "ConfigMap", name: "operator-state", namespace },
          reason: "Test",
        },
      },
      { as, method: "DELETE", path: core(namespace, "configmaps", "old-state") },
      ...["services", "endpoints", "secrets", "serviceaccounts"].flatMap((resource) => [
        ...get(as, core(namespace, resource), `${core(namespace, resource)}?watch=true&timeoutSeconds=1`),
        { as, method: "PATCH", path: core(namespace, resource, "absent"), body: {}, contentType: MERGE },
      ]),
    ]),
    ...get(as, "/api/v1/pods", "/api/v1/pods?watch=true&timeoutSeconds=1", "/apis/apps/v1/deployments"),
    ...get(as, core("shop", "pods"), "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"),
    ...get(as, "/apis/example.com/v1/namespaces/shop/widgets/one", "/apis/example.com/v1/widgets"),
    {
      as,
      method: "PATCH",
      path: "/apis/example.com/v1/namespaces/shop/widgets/one/status",
      body: { status: {} },
      contentType: MERGE,
    },
    {
      as,
      method: "PATCH",
      path: "/api/v1/nodes/node-1",
      body: { metadata: { labels: { a: "b" } } },
      contentType: MERGE,
    },
    { as, method: "PATCH", path: "/api/v1/nodes/node-1/status", body: { status: {} }, contentType: MERGE },
  ];
}

/** An administrator of everything who used little of it. */
function aliceRequests(): readonly UsedRequest[] {
  const as = "alice";
  return [
    ...get(
      as,
      "/api/v1/nodes",
      "/api/v1/namespaces",
      "/api/v1/namespaces/shop",
      "/metrics",
      "/logs/",
      "/readyz?verbose",
    ),
    ...[
      "api/v1/persistentvolumes",
      "apis/scheduling.k8s.io/v1/priorityclasses",
      "apis/networking.k8s.io/v1/ingressclasses",
      "apis/node.k8s.io/v1/runtimeclasses",
      "apis/storage.k8s.io/v1/csidrivers",
      "apis/storage.k8s.io/v1/volumeattachments",
      "apis/apiregistration.k8s.io/v1/apiservices",
      "apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
      "apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
      "apis/flowcontrol.apiserver.k8s.io/v1/flowschemas",
      "apis/batch/v1/namespaces/shop/cronjobs",
      "apis/policy/v1/namespaces/shop/poddisruptionbudgets",
    ].flatMap((path) => get(as, `/${path}`, `/${path}/none`)),
    ...get(as, `${RBAC_PATH}/clusterroles`, `${RBAC_PATH}/clusterroles/view`),
    {
      as,
      method: "POST",
      path: "/api/v1/namespaces",
      body: { apiVersion: "v1", kind: "Namespace", metadata: { name: "made-by-alice" } },
    },
    {
      as,
      method: "PATCH",
      path: "/api/v1/namespaces/shop",
      body: { metadata: { labels: { a: "b" } } },
      contentType: MERGE,
    },
    {
      as,
      method: "POST",
      path: `${RBAC_PATH}/namespaces/shop/roles`,
      body: role("by-alice", [{ apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: ["get", "create"] }]),
      fresh: `${RBAC_PATH}/namespaces/shop/roles/by-alice`,
    },
    {
      as,
      method: "POST",
      path: `${RBAC_PATH}/namespaces/shop/rolebindings`,
      body: binding("by-alice", "ClusterRole", "viewer"),
      fresh: `${RBAC_PATH}/namespaces/shop/rolebindings/by-alice`,
    },
    {
      as,
      method: "POST",
      path: `${RBAC_PATH}/clusterrolebindings`,
      body: binding("by-alice", "ClusterRole", "system:node-proxier", "ClusterRoleBinding"),
      fresh: `${RBAC_PATH}/clusterrolebindings/by-alice`,
    },
    {
      as,
      method: "PUT",
      path: `${RBAC_PATH}/clusterroles/by-alice`,
      body: role("by-alice", [{ nonResourceURLs: ["/livez"], verbs: ["get"] }], "ClusterRole"),
      fresh: `${RBAC_PATH}/clusterroles/by-alice`,
    },
  ];
}

/** Writes roles and bindings: with escalate and bind where there is no other way, and by rights of his own. */
function bobRequests(): readonly UsedRequest[] {
  const as = "bob";
  const roles = `${RBAC_PATH}/namespaces/billing/roles`;
  const bindings = `${RBAC_PATH}/namespaces/billing/rolebindings`;
  return [
    // Within his own rights: he may read pods himself.
    { as, method: "POST", path: roles, body: role("pods", READ_PODS), fresh: `${roles}/pods` },
    { as, method: "PUT", path: `${roles}/pods`, body: role("pods", [...READ_PODS, ...READ_PODS]) },
    { as, method: "POST", path: bindings, body: binding("pods", "Role", "pods"), fresh: `${bindings}/pods` },
    // `bind` on editor, which he does not have.
    { as, method: "POST", path: bindings, body: binding("edit", "ClusterRole", "editor"), fresh: `${bindings}/edit` },
    { as, method: "PATCH", path: `${bindings}/edit`, body: { metadata: { labels: { a: "b" } } }, contentType: MERGE },
    {
      as,
      method: "PATCH",
      path: `${bindings}/applied?fieldManager=test`,
      body: binding("applied", "ClusterRole", "editor"),
      contentType: APPLY,
      fresh: `${bindings}/applied`,
    },
    // `escalate` in ops.
    {
      as,
      method: "POST",
      path: `${RBAC_PATH}/namespaces/ops/roles`,
      body: role("escalated", [{ apiGroups: [""], resources: ["secrets"], verbs: ["*"] }]),
      fresh: `${RBAC_PATH}/namespaces/ops/roles/escalated`,
    },
    {
      as,
      method: "PUT",
      path: `${RBAC_PATH}/namespaces/ops/roles/escalated`,
      body: role("escalated", [{ apiGroups: [""], resources: ["secrets", "pods/exec"], verbs: ["*"] }]),
    },
    ...get(as, roles, `${roles}/pods`, bindings, core("billing", "pods")),
    { as, method: "DELETE", path: `${roles}/none` },
  ];
}

function approverRequests(request: string): readonly UsedRequest[] {
  const as = "approver";
  const requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  const signing = (name: string, signerName: string) => ({
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: { request, signerName, usages: ["client auth", "digital signature"] },
  });
  const approved = (name: string, signerName: string) => ({
    ...signing(name, signerName),
    status: {
      conditions: [{ type: "Approved", status: "True", reason: "Test", message: "test", lastUpdateTime: null }],
    },
  });
  const [client, custom] = ["kubernetes.io/kube-apiserver-client", "example.com/custom"];
  const given = (name: string, signer: string) => ({ path: requests, body: signing(name, signer) });
  return [
    { as, method: "POST", path: requests, body: signing("made", client), fresh: `${requests}/made` },
    ...get(as, requests, `${requests}/made`),
    {
      as,
      method: "PUT",
      path: `${requests}/client/approval`,
      body: approved("client", client),
      fresh: `${requests}/client`,
      given: given("client", client),
    },
    {
      as,
      method: "PATCH",
      path: `${requests}/custom/approval`,
      body: { status: approved("custom", custom).status },
      contentType: MERGE,
      fresh: `${requests}/custom`,
      given: given("custom", custom),
    },
    {
      as,
      method: "PATCH",
      path: `${requests}/failed/status`,
      body: {
        status: { conditions: [{ type: "Failed", status: "True", reason: "Test", message: "test" }] },
      },
      contentType: MERGE,
      fresh: `${requests}/failed`,
      given: given("failed", custom),
    },
    {
      as,
      method: "POST",
      path: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
      body: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name: "with-parameters" },
        spec: {
          paramKind: { apiVersion: "v1", kind: "ConfigMap" },
          matchConstraints: {
            resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["widgets"] }],
          },
          validations: [{ expression: "true" }],
        },
      },
      fresh: "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/with-parameters",
    },
  ];
}

/** Acts as others: the legacy verb, and the constrained modes of Kubernetes 1.36. */
function actingRequests(): readonly UsedRequest[] {
  const as = "acting";
  const like = (user: string, more: Readonly<Record<string, string>> = {}) => ({ "impersonate-user": user, ...more });
  return [
    { as, method: "GET", path: core("shop", "pods"), headers: like("carol", { "impersonate-group": "devs" }) },
    { as, method: "GET", path: core("shop", "services"), headers: like(reader) },
    { as, method: "GET", path: core("billing", "pods"), headers: like("constrained") },
    ...get(as, "/api/v1/namespaces/shop"),
  ];
}

/** What groups give stays with the groups. */
function groupRequests(): readonly UsedRequest[] {
  return ["carol", "dave"].flatMap((as) => [
    ...get(as, core("shop", "pods"), core("shop", "configmaps", "one"), apps("shop", "deployments")),
    ...(as === "carol" ? get(as, core("billing", "configmaps", "shared")) : []),
  ]);
}

export interface Asker {
  readonly ask: (request: UsedRequest) => Promise<Answer>;
}

/** Asks as the subjects; service accounts by tokens made for them. */
export async function createAsker(plane: ControlPlane): Promise<Asker> {
  const tokens = new Map<string, string>(Object.entries(plane.tokens));
  for (const { namespace, name } of ACCOUNTS) {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const answer = await plane.request("POST", path, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: 3600 },
    });
    const { status } = answer.body as { readonly status: { readonly token: string } }; // a TokenRequest
    tokens.set(account(namespace, name), status.token);
  }
  return {
    ask: async ({ as, method, path, body, contentType, headers, fresh, given }) => {
      if (fresh !== undefined) await plane.request("DELETE", `${fresh}?gracePeriodSeconds=0`);
      if (given !== undefined) await plane.request("POST", given.path, given.body);
      const options: RequestOptions = {
        token: tokens.get(as) ?? null,
        ...(contentType !== undefined && { contentType }),
        // The events of a watch are many documents, which the client would take for one.
        ...(path.includes("watch=true") && { headers: { accept: "application/vnd.kubernetes.protobuf" } }),
        ...(headers !== undefined && { headers }),
      };
      return plane.request(method, path, body, options);
    },
  };
}
