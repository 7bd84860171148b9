// Requests under impersonation, put to a real API server by several requestors who hold random rights to impersonate, and
// judged by our engine: let through or not, and as whom.

import fc from "fast-check";
import { resourceAction, type ResourceAction } from "../../../src/layers/access/action.ts";
import type { Access } from "../../../src/layers/access/access-engine.ts";
import { serviceAccountGroups, serviceAccountUser, type Identity } from "../../../src/layers/access/identity.ts";
import { impersonations } from "../../../src/layers/access/impersonation.ts";
import { evaluate } from "../../../src/layers/access/requirement.ts";
import type { AccessServer } from "./access-server.ts";
import type { ApiObject } from "./random-access.ts";

/** Users the control plane must know by token. */
export const REQUESTORS = Array.from({ length: 8 }, (_, index) => ({ name: `actor-${index}`, groups: [] }));

export interface ImpersonationTally {
  readonly asked: number;
  readonly allowed: number;
  /** Questions where several modes apply. */
  readonly open: number;
  readonly byMode: Readonly<Record<string, number>>;
  readonly differences: readonly string[];
}

const AUTHENTICATION = "authentication.k8s.io";
const modes = ["user-info", "serviceaccount", "arbitrary-node", "associated-node"] as const;

const right = fc.oneof(
  fc
    .subarray(["users", "groups", "serviceaccounts", "uids"], { minLength: 1 })
    .map((resources) => ({ verbs: ["impersonate"], apiGroups: [""], resources })),
  fc.constantFrom("uids", "userextras/example.com~1a", "*").map((resource) => ({
    verbs: ["impersonate"],
    apiGroups: [AUTHENTICATION],
    resources: [resource.replace("~1", "/")],
  })),
  fc.tuple(fc.constantFrom(...modes), fc.constantFrom([], ["carol"], ["*"], ["web"])).map(([mode, resourceNames]) => ({
    verbs: [`impersonate:${mode}`],
    apiGroups: [AUTHENTICATION],
    resources: ["users", "groups", "nodes", "serviceaccounts"],
    resourceNames,
  })),
  fc.tuple(fc.constantFrom(...modes), fc.constantFrom("get", "list")).map(([mode, verb]) => ({
    verbs: [`impersonate-on:${mode}:${verb}`],
    apiGroups: [""],
    resources: ["pods"],
  })),
  fc.constant({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }),
);

const wanted: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({
    user: fc.constantFrom("carol", "dave", "system:anonymous"),
    groups: fc.subarray(["g1", "g2", "g3", "g4", "system:masters", "system:unauthenticated"], { maxLength: 5 }),
    uid: fc.constantFrom("", "", "u1"),
  }),
  fc.record({
    user: fc.constantFrom(
      "system:serviceaccount:one:web",
      "system:node:node-0",
      "system:node:node-1",
      "system:node:Not_Valid",
    ),
    groups: fc.subarray(["g1", "system:nodes"], { maxLength: 1 }),
  }),
);

/** What the service account of a pod needs to act as the node it runs on. */
const OF_ITS_NODE = [
  { verbs: ["impersonate-on:associated-node:get"], apiGroups: [""], resources: ["pods"] },
  { verbs: ["impersonate:associated-node"], apiGroups: [AUTHENTICATION], resources: ["nodes"], resourceNames: ["*"] },
];

/** Gives each requestor two to five rights, and asks to read pods as others. */
export async function compareImpersonations(
  server: AccessServer,
  seed: number,
  count: number,
): Promise<ImpersonationTally> {
  const requestors = await requestorsOf(server);
  const rights = fc.sample(fc.array(right, { minLength: 2, maxLength: 5 }), { seed, numRuns: REQUESTORS.length });
  await server.apply([
    ...requestors.flatMap(({ identity }, index) => granting(identity.user, index, rights[index] ?? OF_ITS_NODE)),
    ...targets(),
  ]);
  const access = server.access();
  const byMode: Record<string, number> = {};
  const tally = { asked: 0, allowed: 0, open: 0, byMode, differences: [] as string[] };
  const questions = fc.sample(
    fc.record({ requestor: fc.constantFrom(...requestors), who: wanted, name: fc.constantFrom("", "p0") }),
    {
      seed,
      numRuns: count,
    },
  );
  for (const { requestor, who, name } of questions) {
    const path = `/api/v1/namespaces/one/pods${name === "" ? "" : `/${name}`}`;
    const answer = await server.controlPlane.request("GET", path, undefined, {
      token: requestor.token,
      headers: headersOf(who),
    });
    const action = resourceAction(name === "" ? "list" : "get", "pods", { namespace: "one", name });
    const ours = judge(access, requestor.identity, who, action);
    tally.asked++;
    if (answer.status === 200) tally.allowed++;
    for (const { mode } of ours) byMode[mode] = (byMode[mode] ?? 0) + 1;
    if (ours.length > 1) tally.open++;
    const possible = ours.length === 0 ? [403] : ours.map(({ allowed }) => (allowed ? 200 : 403));
    if (!possible.includes(answer.status)) {
      tally.differences.push(
        `${JSON.stringify([requestor.identity, who, name])}\n  the API server: ${answer.status} ${answer.text.slice(0, 300)}\n  we: ${JSON.stringify(ours)}`,
      );
    }
  }
  return tally;
}

/** What each mode that lets the requestor through comes to; the server may take any, first the one it took last. */
function judge(
  access: Access<undefined>,
  requestor: Identity,
  who: Identity,
  action: ResourceAction,
): readonly Outcome[] {
  return impersonations(access.features, requestor, who, action)
    .filter(({ requirement }) => evaluate(access, requestor, requirement).met)
    .map(({ mode, as }) => ({ mode, allowed: access.authorize(as, action).allowed, as }));
}

interface Outcome {
  readonly mode: string;
  readonly allowed: boolean;
  readonly as: Identity;
}

async function requestorsOf({ controlPlane }: AccessServer) {
  const users = REQUESTORS.map(({ name }) => ({
    identity: { user: name, groups: ["system:authenticated"] } as Identity,
    token: controlPlane.tokens[name] ?? "",
  }));
  const answer = await controlPlane.request("POST", "/api/v1/namespaces/one/serviceaccounts/web/token", {
    apiVersion: AUTHENTICATION_V1,
    kind: "TokenRequest",
    spec: { boundObjectRef: { apiVersion: "v1", kind: "Pod", name: "p0" } },
  });
  const { token } = (answer.body as { readonly status: { readonly token: string } }).status; // a TokenRequest
  const identity: Identity = {
    user: serviceAccountUser("one", "web"),
    groups: [...serviceAccountGroups("one"), "system:authenticated"],
    extra: { "authentication.kubernetes.io/node-name": ["node-0"] },
  };
  return [...users, { identity, token }];
}

const AUTHENTICATION_V1 = "authentication.k8s.io/v1";
const RBAC = "rbac.authorization.k8s.io";

function granting(user: string, index: number, rules: readonly object[]): readonly ApiObject[] {
  const name = `actor-${index}`;
  const subjects = [{ kind: "User", apiGroup: RBAC, name: user }];
  return [{ apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name }, rules }, binding(name, name, subjects)];
}

/** Some of those to be impersonated may read pods. */
function targets(): readonly ApiObject[] {
  const rules = [{ verbs: ["get", "list"], apiGroups: [""], resources: ["pods"] }];
  const subjects = [
    { kind: "User", apiGroup: RBAC, name: "carol" },
    { kind: "Group", apiGroup: RBAC, name: "g2" },
    { kind: "Group", apiGroup: RBAC, name: "system:serviceaccounts:one" },
    { kind: "Group", apiGroup: RBAC, name: "system:nodes" },
  ];
  return [
    { apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name: "pod-reader" }, rules },
    binding("pod-readers", "pod-reader", subjects),
  ];
}

function binding(name: string, role: string, subjects: readonly object[]): ApiObject {
  const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name: role };
  return { apiVersion: `${RBAC}/v1`, kind: "ClusterRoleBinding", metadata: { name }, roleRef, subjects };
}

function headersOf({ user, groups, uid }: Identity): Readonly<Record<string, string>> {
  const headers = {
    "impersonate-user": user,
    ...(groups.length === 0 ? {} : { "impersonate-group": groups }),
    ...(uid ? { "impersonate-uid": uid } : {}), // an empty uid is none
  };
  return headers as unknown as Readonly<Record<string, string>>; // node sends each of a list
}
