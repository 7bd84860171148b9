// The place of one attack: a fixture on the server, the attacker's own credential, and ways to ask.

import type { Answer, RequestOptions } from "../../servers/api-request.ts";
import { waitFor } from "../../servers/wait-for.ts";
import type { AttackCluster } from "./attack-cluster.ts";
import { credentialOf, type Credential } from "./credentials.ts";
import { renamed, renaming, userOf, type ApiObject, type Fixture } from "./fixture.ts";
import { collectionPath, objectPath } from "./paths.ts";

export interface Site {
  readonly cluster: AttackCluster;
  /** Name on the server of a name in the fixture. */
  readonly name: (text: string) => string;
  readonly attacker: Credential;
  /** Asks as the attacker unless another credential is given. */
  readonly ask: (method: string, path: string, body?: unknown, options?: RequestOptions) => Promise<Answer>;
  /** Asks with a credential that was gained. */
  readonly askAs: (credential: Credential, method: string, path: string, body?: unknown) => Promise<Answer>;
  /** As the administrator: what the environment of the attack does. */
  readonly admin: (method: string, path: string, body?: unknown) => Promise<Answer>;
}

/** An attack that the server did not let happen. */
export interface Refusal extends Error {
  readonly isRefusal: true;
}

export function refusal(message: string): Refusal {
  return Object.assign(new Error(message), { isRefusal: true } as const);
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && "isRefusal" in error;
}

/** Like {@link waitFor}, but a refusal is an answer too. */
export async function waitUnlessRefused<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const answer = await waitFor(what, async () => {
    try {
      const value = await probe();
      return value === undefined ? undefined : { value };
    } catch (error) {
      if (isRefusal(error)) return { error };
      throw error;
    }
  });
  if ("error" in answer) throw answer.error;
  return answer.value;
}

const REFUSED: ReadonlySet<number> = new Set([401, 403, 404]);

/** The answer's body; throws a {@link Refusal} where it was refused, any other error where it failed. */
export function accepted<T>(answer: Answer, what: string): T {
  if (answer.status < 300) return answer.body as T; // the caller knows what it asked for
  const message = `${what}: ${answer.status} ${answer.text.slice(0, 500)}`;
  throw REFUSED.has(answer.status) ? refusal(message) : new Error(message);
}

export async function openSite(cluster: AttackCluster, fixture: Fixture, prefix: string): Promise<Site> {
  const rename = renaming(fixture, prefix);
  const { request } = cluster.controlPlane;
  const admin: Site["admin"] = (method, path, body) => request(method, path, body);
  const objects = withSurroundings(fixture, rename);
  for (const object of objects) await create(admin, renamed(object, rename));
  await settle(cluster, prefix);
  if (userOf(fixture).endsWith(":default")) await untilAccount(admin, rename(userOf(fixture).split(":")[2] ?? ""));
  const attacker = await credentialOf(cluster, rename(userOf(fixture)));
  return {
    cluster,
    name: rename,
    attacker,
    ask: (method, path, body, options) => request(method, path, body, { ...attacker, ...options }),
    askAs: (credential, method, path, body) => request(method, path, body, credential),
    admin,
  };
}

/** Namespaces and the attacker's account, which fixtures take for granted. */
function withSurroundings(fixture: Fixture, rename: (text: string) => string): readonly ApiObject[] {
  const { objects } = fixture;
  const [, namespaceOfAttacker, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(userOf(fixture)) ?? [];
  const declared = new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ""}/${metadata.name}`));
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  if (namespaceOfAttacker !== undefined) names.add(namespaceOfAttacker);
  const namespaces = [...names]
    .filter((name) => rename(name) !== name && !declared.has(`Namespace//${name}`))
    .map((name): ApiObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  const accounts: ApiObject[] = [];
  if (
    account !== undefined &&
    account !== "default" &&
    !declared.has(`ServiceAccount/${namespaceOfAttacker}/${account}`)
  )
    accounts.push({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: account, namespace: namespaceOfAttacker ?? "" },
    });
  const rank = ({ kind }: ApiObject): number => ORDER.indexOf(kind);
  return [...namespaces, ...accounts, ...objects].toSorted((one, other) => rank(other) - rank(one));
}

/** Later in the list, earlier on the server; others come last. */
const ORDER = ["Secret", "ServiceAccount", "Node", "CustomResourceDefinition", "Namespace"];

/** Creates it unless it is there, and waits until it counts. */
export async function create(admin: Site["admin"], object: ApiObject): Promise<void> {
  const isPod = object.kind === "Pod" || object.kind === "Deployment" || object.kind === "DaemonSet";
  if (isPod && object.metadata.namespace !== undefined) await untilAccount(admin, object.metadata.namespace);
  const answer = await admin("POST", collectionPath(object), object);
  if (answer.status === 409) return; // made by a controller, or shared
  if (answer.status !== 201) throw new Error(`${objectPath(object)} was not created: ${answer.text}`);
  if (object.kind === "CustomResourceDefinition") await untilServed(admin, object);
}

async function untilServed(admin: Site["admin"], { metadata }: ApiObject): Promise<void> {
  const [, plural, group] = /^([^.]+)\.(.+)$/.exec(metadata.name) ?? [];
  await waitFor(`${metadata.name} to be served`, async () => {
    const { status } = await admin("GET", `/apis/${group}/v1/${plural}`);
    return status === 200 ? true : undefined;
  });
}

/** A pod is refused until its namespace has its `default` account. */
async function untilAccount(admin: Site["admin"], namespace: string): Promise<void> {
  await waitFor(`the default account of ${namespace}`, async () => {
    const { status } = await admin("GET", `/api/v1/namespaces/${namespace}/serviceaccounts/default`);
    return status === 200 ? true : undefined;
  });
}

const RBAC = "rbac.authorization.k8s.io";

/** Waits until the authorizer knows four objects, one of each kind, that were written after all others. */
export async function settle({ controlPlane }: AttackCluster, prefix: string): Promise<void> {
  const apiVersion = `${RBAC}/v1`;
  const rules = (verb: string) => [{ verbs: [verb], apiGroups: [""], resources: ["sentinels"] }];
  const subjects = [{ kind: "User", apiGroup: RBAC, name: `${prefix}-sentinel` }];
  const cluster = { name: `${prefix}-sentinel` };
  const local = { ...cluster, namespace: "default" };
  const refTo = (kind: string) => ({ apiGroup: RBAC, kind, name: cluster.name });
  for (const object of [
    { apiVersion, kind: "ClusterRole", metadata: cluster, rules: rules("get") },
    { apiVersion, kind: "Role", metadata: local, rules: rules("list") },
    { apiVersion, kind: "ClusterRoleBinding", metadata: cluster, roleRef: refTo("ClusterRole"), subjects },
    { apiVersion, kind: "RoleBinding", metadata: local, roleRef: refTo("Role"), subjects },
  ])
    await create((method, path, body) => controlPlane.request(method, path, body), object);
  await waitFor(`the authorizer to know ${prefix}`, async () => {
    for (const verb of ["get", "list"]) {
      const { body } = await controlPlane.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        spec: {
          user: `${prefix}-sentinel`,
          resourceAttributes: { verb, resource: "sentinels", namespace: "default" },
        },
      });
      if (!(body as { readonly status: { readonly allowed: boolean } }).status.allowed) return undefined; // a review
    }
    return true;
  });
}
