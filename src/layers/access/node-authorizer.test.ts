import { expect, test } from "vitest";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { accessTo, clusterRole, clusterRoleBinding, group, rule } from "./objects.fixture.ts";
import { pathAction, resourceAction, type Action } from "./action.ts";

const node = (name: string) => ({ user: `system:node:${name}`, groups: ["system:nodes", "system:authenticated"] });

function pod(name: string, nodeName: string, spec: object, rest: object = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop", ...rest }, spec: { nodeName, ...spec } };
}

const web = pod("web", "n1", {
  serviceAccountName: "web",
  imagePullSecrets: [{ name: "registry" }],
  initContainers: [{ envFrom: [{ secretRef: { name: "init-env" } }] }],
  containers: [
    { env: [{ valueFrom: { secretKeyRef: { name: "db" } } }, { valueFrom: { configMapKeyRef: { name: "flags" } } }] },
  ],
  ephemeralContainers: [{ envFrom: [{ configMapRef: { name: "debug" } }] }],
  volumes: [
    { name: "tls", secret: { secretName: "tls" } },
    { name: "all", projected: { sources: [{ secret: { name: "projected" } }, { configMap: { name: "root-ca" } }] } },
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
    { name: "scratch", ephemeral: {} },
    { name: "csi", csi: { nodePublishSecretRef: { name: "csi" } } },
  ],
  resourceClaims: [
    { name: "gpu", resourceClaimName: "gpu" },
    { name: "t", resourceClaimTemplateName: "template" },
  ],
});
const volume: KubernetesObject = {
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: "pv1" },
  spec: {
    claimRef: { namespace: "shop", name: "data" },
    csi: {
      nodeStageSecretRef: { namespace: "storage", name: "stage" },
      controllerPublishSecretRef: { namespace: "storage", name: "controller" },
    },
  },
};
const onNode = (apiVersion: string, kind: string, name: string, nodeName: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name },
  spec: { nodeName },
});
const withStatus = { ...web, status: { resourceClaimStatuses: [{ name: "t", resourceClaimName: "web-t" }] } };
const access = accessTo(
  [
    withStatus,
    volume,
    onNode("storage.k8s.io/v1", "VolumeAttachment", "va1", "n1"),
    onNode("resource.k8s.io/v1", "ResourceSlice", "slice1", "n1"),
    pod("mirror", "n1", { serviceAccountName: "stolen" }, { annotations: { "kubernetes.io/config.mirror": "x" } }),
  ],
  { minor: 36 },
);
const can = (name: string, action: Action, engine = access) => engine.authorize(node(name), action).allowed;
const get = (resource: string, name: string, rest: object = {}) =>
  resourceAction("get", resource, { namespace: "shop", name, ...rest });

test.each([
  ...["registry", "init-env", "db", "tls", "projected", "csi"].map((name) => get("secrets", name)),
  ...["flags", "debug", "root-ca"].map((name) => get("configmaps", name)),
  ...["data", "web-scratch"].map((name) => get("persistentvolumeclaims", name)),
  ...["gpu", "web-t"].map((name) => get("resourceclaims", name, { apiGroup: "resource.k8s.io" })),
  get("serviceaccounts", "web"),
  resourceAction("create", "serviceaccounts", { subresource: "token", namespace: "shop", name: "web" }),
  resourceAction("watch", "secrets", { namespace: "shop", name: "db" }),
  resourceAction("update", "persistentvolumeclaims", { subresource: "status", namespace: "shop", name: "data" }),
  resourceAction("get", "persistentvolumes", { name: "pv1" }),
  get("secrets", "stage", { namespace: "storage" }),
  resourceAction("get", "volumeattachments", { apiGroup: "storage.k8s.io", name: "va1" }),
  resourceAction("patch", "resourceslices", { apiGroup: "resource.k8s.io", name: "slice1" }),
  get("pods", "web"),
  get("pods", "mirror"),
])("a pod lets its node, and no other, reach what it needs: $verb $resource $name", (action) => {
  expect(can("n1", action)).toBe(true);
  expect(can("n2", action)).toBe(false);
});

const csi = (name: string) => resourceAction("delete", "csinodes", { apiGroup: "storage.k8s.io", name });
const lease = (verb: string, name: string, namespace = "kube-node-lease") =>
  resourceAction(verb, "leases", { apiGroup: "coordination.k8s.io", namespace, name });

test("a node writes its own lease, CSINode and Node, and lists its own pods by selector", () => {
  expect([lease("update", "n1"), lease("create", "")].map((action) => can("n1", action))).toEqual([true, true]);
  expect(
    [lease("update", "n2"), lease("get", "n1", "shop"), lease("list", "n1")].map((action) => can("n1", action)),
  ).toEqual([false, false, false]);
  expect([can("n1", csi("n1")), can("n1", csi("n2"))]).toEqual([true, false]);
  const mine = [{ field: "spec.nodeName", operator: "=", value: "n1" }] as const;
  expect(can("n1", resourceAction("list", "pods", { fieldSelector: mine }))).toBe(true);
  expect(can("n2", resourceAction("list", "pods", { fieldSelector: mine }))).toBe(false);
  expect(can("n1", resourceAction("patch", "nodes", { subresource: "status", name: "n1" }))).toBe(true);
});

test.each([
  get("secrets", "other"),
  get("secrets", "controller", { namespace: "storage" }),
  get("secrets", "db", { namespace: "bank" }),
  get("serviceaccounts", "stolen"),
  resourceAction("list", "secrets", { namespace: "shop" }),
  resourceAction("update", "secrets", { namespace: "shop", name: "db" }),
  resourceAction("create", "serviceaccounts", { namespace: "shop", name: "web" }),
  resourceAction("list", "persistentvolumes", {}),
  resourceAction("get", "nodes", { name: "n2" }),
  resourceAction("list", "pods", {}),
  pathAction("get", "/metrics"),
])("a node may not: $verb $resource $namespace $name", (action) => {
  expect(can("n1", action)).toBe(false);
});

const at = (minor: number) => accessTo([web], { minor });

test("by minor: selectors from 1.32, ServiceAccounts from 1.34, pod certificates and trust bundles from 1.37", () => {
  const allPods = resourceAction("list", "pods");
  expect([can("n1", allPods, at(31)), can("n1", allPods, at(32))]).toEqual([true, false]);
  expect([33, 34].map((minor) => can("n1", get("serviceaccounts", "web"), at(minor)))).toEqual([false, true]);
  const bundles = resourceAction("list", "clustertrustbundles", { apiGroup: "certificates.k8s.io" });
  expect([36, 37].map((minor) => can("n1", bundles, at(minor)))).toEqual([false, true]);
  const request = resourceAction("create", "podcertificaterequests", {
    apiGroup: "certificates.k8s.io",
    namespace: "shop",
  });
  expect([36, 37].map((minor) => can("n1", request, at(minor)))).toEqual([false, true]);
});

test("the grant names what leads to the node; the refusal joins the reasons of Node and RBAC", () => {
  const { grant } = access.authorize(node("n1"), get("secrets", "stage", { namespace: "storage" }));
  expect(grant).toMatchObject({
    kind: "node",
    node: "n1",
    through: [
      { kind: "PersistentVolume", name: "pv1" },
      { kind: "Pod", name: "web" },
    ],
  });
  expect(access.authorize(node("n2"), get("secrets", "db")).reason).toBe(
    "no relationship found between node 'n2' and this object",
  );
  const bindings = [clusterRoleBinding("x", "gone", [group("system:nodes")])];
  const bound = accessTo(bindings, { minor: 36 });
  expect(bound.authorize(node("n2"), get("secrets", "db")).reason).toBe(
    "no relationship found between node 'n2' and this object\n" +
      'RBAC: clusterrole.rbac.authorization.k8s.io "gone" not found',
  );
});

test("since 1.37 a refusal says which authorizer gave which reason", () => {
  const bound = accessTo([clusterRoleBinding("x", "gone", [group("system:nodes")])], { minor: 37 });
  expect(bound.authorize(node("n2"), get("secrets", "db")).reason).toBe(
    "node: no relationship found between node 'n2' and this object\n" +
      'rbac: RBAC: clusterrole.rbac.authorization.k8s.io "gone" not found',
  );
  const status = resourceAction("get", "csinodes", { apiGroup: "storage.k8s.io", subresource: "status", name: "n1" });
  const said = (minor: number, features = {}) => accessTo([], { minor, features }).authorize(node("n1"), status);
  expect(said(36).reason).toBe("cannot authorize CSINode subresources");
  expect(said(37).reason).toBe("node: CSINode status access requires CSIVolumeHealth feature");
  expect(said(37, { volumeHealth: true }).allowed).toBe(true);
});

test("only members of system:nodes named system:node:NAME are nodes; RBAC may still grant a node more", () => {
  const db = get("secrets", "db");
  expect(access.authorize({ user: "system:node:n1", groups: ["system:authenticated"] }, db).allowed).toBe(false);
  expect(access.authorize({ user: "n1", groups: ["system:nodes"] }, db).allowed).toBe(false);
  expect(access.authorize({ user: "system:node:", groups: ["system:nodes"] }, db).reason).toBe(
    'unknown node for user "system:node:"',
  );
  const generous = accessTo([
    clusterRole("r", [rule(["get"], ["secrets"])]),
    clusterRoleBinding("x", "r", [group("system:nodes")]),
  ]);
  expect(generous.authorize(node("n9"), db)).toMatchObject({ allowed: true, by: "rbac" });
});

test("changes of pods and volumes reach the graph: the last pod gone, the secret is out of reach", () => {
  const second = pod("web-2", "n2", { volumes: [{ name: "tls", secret: { secretName: "tls" } }] });
  const identity = { apiVersion: "v1", kind: "Pod", namespace: "shop", name: "web" };
  const without = access.with([
    { kind: "set", object: second, source: 9 },
    { kind: "delete", identity, source: 0 },
  ]);
  expect([can("n1", get("secrets", "tls"), without), can("n2", get("secrets", "tls"), without)]).toEqual([false, true]);
  expect(can("n1", resourceAction("get", "persistentvolumes", { name: "pv1" }), without)).toBe(false);
  expect(can("n1", get("secrets", "tls"))).toBe(true);
  const released = access.with([{ kind: "set", object: { ...volume, spec: {} }, source: 1 }]);
  expect(can("n1", get("secrets", "stage", { namespace: "storage" }), released)).toBe(false);
});
