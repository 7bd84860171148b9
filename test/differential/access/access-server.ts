// A real API server whose RBAC objects change from world to world, with our engine beside it: each object is read as the
// server stored it, and the engine follows by changes, never by rebuilding.

import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { createAccess, type Access } from "../../../src/layers/access/access-engine.ts";
import type { AccessChange } from "../../../src/layers/access/access-state.ts";
import { resourceAction, type Action } from "../../../src/layers/access/action.ts";
import type { Identity } from "../../../src/layers/access/identity.ts";
import type { ControlPlane } from "../../servers/control-plane.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { NAMESPACES, NODES, SECRETS, type ApiObject } from "./random-access.ts";

export interface AccessServer {
  readonly controlPlane: ControlPlane;
  readonly access: () => Access<undefined>;
  /** Writes the objects in place of those of the same name, and waits until the authorizer knows. */
  readonly apply: (objects: readonly ApiObject[]) => Promise<void>;
  readonly remove: (objects: readonly ApiObject[]) => Promise<void>;
  readonly review: (identity: Identity, action: Action) => Promise<ReviewAnswer>;
  /** The engine built anew from everything the server holds. */
  readonly relist: () => Promise<Access<undefined>>;
}

export interface ReviewAnswer {
  readonly allowed: boolean;
  readonly reason: string;
}

const RBAC_PATH = "/apis/rbac.authorization.k8s.io/v1";
const PLURALS: Readonly<Record<string, string>> = {
  Role: "roles",
  ClusterRole: "clusterroles",
  RoleBinding: "rolebindings",
  ClusterRoleBinding: "clusterrolebindings",
};

export async function createAccessServer(controlPlane: ControlPlane): Promise<AccessServer> {
  for (const namespace of NAMESPACES) await controlPlane.createNamespace(namespace);
  await createNodeObjects(controlPlane);
  const relist = () => listAccess(controlPlane);
  let access = await relist();
  let round = 0;
  const write = async (object: ApiObject) => {
    await controlPlane.request("DELETE", pathOf(object));
    const answer = await controlPlane.request("POST", collectionOf(object), object);
    if (answer.status !== 201) throw new Error(`${JSON.stringify(object)} was not created: ${answer.text}`);
    return { ...(answer.body as KubernetesObject), apiVersion: object.apiVersion, kind: object.kind }; // a created object
  };
  const review = (identity: Identity, action: Action) => askReview(controlPlane, identity, action);
  const settle = async () => {
    round++;
    const sentinels = sentinelsOf(round);
    const changes: AccessChange<undefined>[] = [];
    for (const object of sentinels) changes.push({ kind: "set", object: await write(object), source: undefined });
    access = access.with(changes);
    const identity = { user: `sentinel-${round}`, groups: [] };
    const wanted = { name: `round-${round}`, namespace: "one" };
    await waitFor(`the authorizer to reach round ${round}`, async () => {
      const byCluster = await review(identity, resourceAction("get", "sentinels", wanted));
      const byNamespace = await review(identity, resourceAction("list", "sentinels", wanted));
      return byCluster.allowed && byNamespace.allowed ? true : undefined;
    });
  };
  await settle();
  return {
    controlPlane,
    access: () => access,
    review,
    relist,
    apply: async (objects) => {
      const changes: AccessChange<undefined>[] = [];
      for (const object of objects) changes.push({ kind: "set", object: await write(object), source: undefined });
      access = access.with(changes);
      await settle();
    },
    remove: async (objects) => {
      for (const object of objects) await controlPlane.request("DELETE", pathOf(object));
      access = access.with(
        objects.map((object) => ({ kind: "delete", identity: identityOf(object), source: undefined })),
      );
      await settle();
    },
  };
}

async function askReview(controlPlane: ControlPlane, identity: Identity, action: Action): Promise<ReviewAnswer> {
  const attributes =
    action.kind === "path"
      ? { nonResourceAttributes: { verb: action.verb, path: action.path } }
      : { resourceAttributes: resourceAttributesOf(action) };
  const answer = await controlPlane.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: { ...identity, ...attributes },
  });
  if (answer.status !== 201) throw new Error(answer.text);
  const { status } = answer.body as { readonly status: { readonly allowed: boolean; readonly reason?: string } }; // a review
  return { allowed: status.allowed, reason: status.reason ?? "" };
}

function resourceAttributesOf({
  kind: _kind,
  apiGroup,
  fieldSelector,
  ...rest
}: Action & { readonly kind: "resource" }) {
  const requirements = fieldSelector?.map(({ field, value }) => ({ key: field, operator: "In", values: [value] }));
  return { ...rest, group: apiGroup, ...(requirements === undefined ? {} : { fieldSelector: { requirements } }) };
}

function collectionOf({ kind, metadata: { namespace } }: ApiObject): string {
  const scope = namespace === undefined ? "" : `/namespaces/${namespace}`;
  return `${RBAC_PATH}${scope}/${PLURALS[kind]}`;
}

export function pathOf(object: ApiObject): string {
  return `${collectionOf(object)}/${object.metadata.name}`;
}

function identityOf({ apiVersion, kind, metadata: { namespace, name } }: ApiObject) {
  return { apiVersion, kind, namespace: namespace ?? "", name };
}

const sentinelRef = (kind: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind, name: "sentinel" });

/** One object of each kind that only this round has: each of the authorizer's caches must have come so far. */
function sentinelsOf(round: number): readonly ApiObject[] {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const rules = (verb: string) => [
    { verbs: [verb], apiGroups: [""], resources: ["sentinels"], resourceNames: [`round-${round}`] },
  ];
  const subjects = [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: `sentinel-${round}` }];
  const cluster = { name: "sentinel" };
  const local = { name: "sentinel", namespace: "one" };
  return [
    { apiVersion, kind: "ClusterRole", metadata: cluster, rules: rules("get") },
    { apiVersion, kind: "Role", metadata: local, rules: rules("list") },
    { apiVersion, kind: "ClusterRoleBinding", metadata: cluster, roleRef: sentinelRef("ClusterRole"), subjects },
    { apiVersion, kind: "RoleBinding", metadata: local, roleRef: sentinelRef("Role"), subjects },
  ];
}

/** Pods on nodes with all sorts of references, volumes bound to claims, and objects that name a node. */
async function createNodeObjects(controlPlane: ControlPlane): Promise<void> {
  const post = async (path: string, object: object) => {
    const answer = await controlPlane.request("POST", path, object);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
  };
  const web = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "web" } };
  for (const namespace of NAMESPACES) await post(`/api/v1/namespaces/${namespace}/serviceaccounts`, web);
  for (const [index, namespace] of ["one", "two", "one", "two"].entries()) {
    const secretName = SECRETS[index % SECRETS.length] ?? "a";
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `p${index}`, namespace },
      spec: {
        nodeName: NODES[index % NODES.length],
        serviceAccountName: index % 2 === 0 ? "web" : "default",
        containers: [
          {
            name: "main",
            image: "registry.example/main",
            envFrom: [{ configMapRef: { name: secretName } }],
            env: [
              { name: "E", valueFrom: { secretKeyRef: { name: SECRETS[(index + 1) % SECRETS.length], key: "k" } } },
            ],
          },
        ],
        volumes: [
          { name: "s", secret: { secretName } },
          { name: "c", persistentVolumeClaim: { claimName: secretName } },
        ],
      },
    };
    await post(`/api/v1/namespaces/${namespace}/pods`, pod);
  }
  for (const [index, namespace] of NAMESPACES.entries()) {
    await post("/api/v1/persistentvolumes", {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: `pv${index}` },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        claimRef: { namespace, name: index === 0 ? "a" : "b" },
        csi: { driver: "d.example", volumeHandle: "h", nodeStageSecretRef: { namespace: "one", name: "a-stage" } },
      },
    });
  }
  await post("/apis/storage.k8s.io/v1/volumeattachments", {
    apiVersion: "storage.k8s.io/v1",
    kind: "VolumeAttachment",
    metadata: { name: "va0" },
    spec: { attacher: "d.example", nodeName: "node-0", source: { persistentVolumeName: "pv0" } },
  });
  const identity = { user: "system:node:node-0", groups: ["system:nodes"] };
  const attachment = resourceAction("get", "volumeattachments", { apiGroup: "storage.k8s.io", name: "va0" });
  const volume = resourceAction("get", "persistentvolumes", { name: "pv0" });
  await waitFor("the Node authorizer to know pods and volumes", async () => {
    const answers = [
      await askReview(controlPlane, identity, attachment),
      await askReview(controlPlane, identity, volume),
    ];
    return answers.every(({ allowed }) => allowed) ? true : undefined;
  });
}

const LISTED = [
  ...Object.entries(PLURALS).map(
    ([kind, plural]) => [kind, "rbac.authorization.k8s.io/v1", `${RBAC_PATH}/${plural}`] as const,
  ),
  ["Pod", "v1", "/api/v1/pods"],
  ["PersistentVolume", "v1", "/api/v1/persistentvolumes"],
  ["VolumeAttachment", "storage.k8s.io/v1", "/apis/storage.k8s.io/v1/volumeattachments"],
] as const;

async function listAccess(controlPlane: ControlPlane): Promise<Access<undefined>> {
  const objects: KubernetesObject[] = [];
  for (const [kind, apiVersion, path] of LISTED) {
    const { body } = await controlPlane.request("GET", path);
    const { items } = body as { readonly items: readonly object[] }; // a List
    for (const item of items) objects.push({ ...item, apiVersion, kind });
  }
  const minor = Number(controlPlane.version.split(".")[1]);
  return createAccess(
    objects.map((object) => ({ object, source: undefined })),
    { minor },
  );
}
