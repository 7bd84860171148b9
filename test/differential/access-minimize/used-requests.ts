// Requests of several subjects, of every sort that asks for more than its verb says: what a log is recorded from, and what
// is asked again under the proposed roles.

import {
  account,
  APPLY,
  apps,
  binding,
  configMap,
  core,
  deployment,
  get,
  lease,
  MERGE,
  pod,
  RBAC_PATH,
  role,
} from "./request-builders.ts";
import { NAMESPACES } from "./subjects.ts";
import type { UsedRequest } from "./used-request.ts";
import { approverRequests, bobRequests } from "./write-requests.ts";

const reader = account("shop", "reader");
const deployer = account("shop", "deployer");
const operator = account("ops", "operator");

/** A certificate request for `carol`, made once with openssl; the tests only approve it. */
export function usedRequests(certificateRequest: string, minor: number): readonly UsedRequest[] {
  return [
    ...readerRequests(),
    ...deployerRequests(),
    ...operatorRequests(),
    ...aliceRequests(),
    ...bobRequests(),
    ...approverRequests(certificateRequest),
    ...actingRequests(minor),
    ...groupRequests(),
  ];
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

/** Acts as others: the legacy verb, and the constrained modes of Kubernetes 1.36. */
function actingRequests(minor: number): readonly UsedRequest[] {
  const as = "acting";
  const like = (user: string, more: Readonly<Record<string, string>> = {}) => ({ "impersonate-user": user, ...more });
  return [
    { as, method: "GET", path: core("shop", "pods"), headers: like("carol", { "impersonate-group": "devs" }) },
    { as, method: "GET", path: core("shop", "services"), headers: like(reader) },
    ...(minor >= 36 ? [{ as, method: "GET", path: core("billing", "pods"), headers: like("constrained") }] : []),
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
