// Acting as somebody else: the legacy verb, and the constrained modes of KEP-5284
// (k8s.io/apiserver/pkg/endpoints/filters/impersonation). Constrained modes are tried first; each needs
// `impersonate:MODE` on the identity and `impersonate-on:MODE:VERB` on what the request does.

import { resourceAction, type Action } from "./action.ts";
import {
  ANONYMOUS_USER,
  AUTHENTICATED_GROUP,
  MASTERS_GROUP,
  nodeOf,
  NODES_GROUP,
  serviceAccountGroups,
  serviceAccountOf,
  UNAUTHENTICATED_GROUP,
  type Identity,
} from "./identity.ts";
import type { AccessFeatures } from "./minor-differences.ts";
import type { Requirement } from "./requirement.ts";

export type ImpersonationMode = "associated-node" | "arbitrary-node" | "serviceaccount" | "user-info" | "legacy";

export interface Impersonation {
  readonly mode: ImpersonationMode;
  /** What the requestor needs. */
  readonly requirement: Requirement;
  /** Whom the request is then made as. Its own rights still have to allow the request. */
  readonly as: Identity;
}

const AUTHENTICATION = "authentication.k8s.io";
const NODE_NAME_KEY = "authentication.kubernetes.io/node-name";
/** From so many groups or extra values on, one check for all of them is tried first. */
const MANY = 4;

/**
 * The modes that apply, in the order the API server tries them: the first whose requirement is met decides as whom the
 * request is made. Only where several are met is the answer open: the API server begins with the mode that last let the
 * requestor through, so a node may be acted as with system:nodes (constrained) or without (legacy). `wanted` is exactly
 * what the headers say.
 */
export function impersonations(
  features: AccessFeatures,
  requestor: Identity,
  wanted: Identity,
  action: Action,
): readonly Impersonation[] {
  const modes = features.constrainedImpersonation ? constrainedModes(requestor, wanted) : [];
  return [
    ...modes.map((mode) => constrained(mode, wanted, action)),
    { mode: "legacy", requirement: { kind: "all", of: legacyChecks(wanted) }, as: actingAs(wanted, false) },
  ];
}

function constrainedModes(requestor: Identity, wanted: Identity): readonly Exclude<ImpersonationMode, "legacy">[] {
  const node = nodeOf(wanted.user);
  const account = serviceAccountOf(wanted.user);
  if (node === undefined && account === undefined) return ["user-info"];
  const isNameOnly = !wanted.uid && wanted.groups.length === 0 && Object.keys(wanted.extra ?? {}).length === 0;
  if (!isNameOnly) return [];
  if (account !== undefined) return ["serviceaccount"];
  const nodeNames = requestor.extra?.[NODE_NAME_KEY] ?? [];
  const isOnNode = serviceAccountOf(requestor.user) !== undefined && nodeNames.length === 1 && nodeNames[0] === node;
  return isOnNode ? ["associated-node", "arbitrary-node"] : ["arbitrary-node"];
}

function constrained(mode: Exclude<ImpersonationMode, "legacy">, wanted: Identity, action: Action): Impersonation {
  const verb = `impersonate:${mode}`;
  const on: Requirement = {
    kind: "action",
    purpose: "impersonate-on",
    action: { ...action, verb: `impersonate-on:${mode}:${action.verb}` },
  };
  const of = [
    on,
    usernameCheck(verb, wanted, mode),
    ...uidChecks(verb, wanted),
    ...groupChecks(verb, wanted),
    ...extraChecks(verb, wanted),
  ];
  return { mode, requirement: { kind: "all", of }, as: actingAs(wanted, true) };
}

function usernameCheck(verb: string, wanted: Identity, mode: ImpersonationMode): Requirement {
  const node = nodeOf(wanted.user);
  // An associated node stands for every node: one grant for the workload of all of them.
  if (node !== undefined) return check(verb, AUTHENTICATION, "nodes", mode === "associated-node" ? "*" : node);
  return userOrAccount(verb, AUTHENTICATION, wanted.user);
}

function userOrAccount(verb: string, apiGroup: string, user: string): Requirement {
  const account = serviceAccountOf(user);
  if (account === undefined) return check(verb, apiGroup, "users", user);
  return check(verb, apiGroup, "serviceaccounts", account.name, { namespace: account.namespace });
}

function uidChecks(verb: string, { uid }: Identity): readonly Requirement[] {
  return uid ? [check(verb, AUTHENTICATION, "uids", uid)] : []; // an empty uid is none
}

function groupChecks(verb: string, { groups }: Identity): readonly Requirement[] {
  if (groups.includes("")) return [{ kind: "never", message: "impersonating the empty string group is not allowed" }];
  if (groups.includes(MASTERS_GROUP)) {
    return [{ kind: "never", message: "impersonating the system:masters group is not allowed" }];
  }
  const each = groups.map((group) => check(verb, AUTHENTICATION, "groups", group));
  if (groups.length < MANY) return each;
  return [{ kind: "any", of: [check(verb, AUTHENTICATION, "groups", "*"), { kind: "all", of: each }] }];
}

const DOMAIN_PATH = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

function extraChecks(verb: string, { extra = {} }: Identity): readonly Requirement[] {
  const values = Object.entries(extra).flatMap(([key, list]) => list.map((value) => [key, value] as const));
  for (const [key, list] of Object.entries(extra)) {
    const isSound = DOMAIN_PATH.test(key) && key === key.toLowerCase() && list.length > 0 && !list.includes("");
    if (!isSound)
      return [{ kind: "never", message: `impersonating extra ${key} with such a key or value is not allowed` }];
  }
  const each = values.map(([key, value]) => check(verb, AUTHENTICATION, "userextras", value, { subresource: key }));
  if (values.length < MANY) return each;
  const all = check(verb, AUTHENTICATION, "userextras", "*", { subresource: "*" });
  return [{ kind: "any", of: [all, { kind: "all", of: each }] }];
}

function legacyChecks(wanted: Identity): readonly Requirement[] {
  const verb = "impersonate";
  const extra = Object.entries(wanted.extra ?? {});
  return [
    userOrAccount(verb, "", wanted.user),
    ...uidChecks(verb, wanted),
    ...wanted.groups.map((group) => check(verb, "", "groups", group)),
    ...extra.flatMap(([key, list]) =>
      list.map((value) => check(verb, AUTHENTICATION, "userextras", value, { subresource: key })),
    ),
  ];
}

function check(verb: string, apiGroup: string, resource: string, name: string, rest: object = {}): Requirement {
  return {
    kind: "action",
    purpose: "impersonate",
    action: resourceAction(verb, resource, { apiGroup, name, ...rest }),
  };
}

/** Groups given are taken as they are; without any, those that authentication would give. */
function actingAs(wanted: Identity, isConstrained: boolean): Identity {
  const groups = [...wanted.groups];
  const account = serviceAccountOf(wanted.user);
  if (account !== undefined && groups.length === 0) groups.push(...serviceAccountGroups(account.namespace));
  if (isConstrained && nodeOf(wanted.user) !== undefined) groups.push(NODES_GROUP);
  const isAnonymous = wanted.user === ANONYMOUS_USER;
  const everyone = isAnonymous ? UNAUTHENTICATED_GROUP : AUTHENTICATED_GROUP;
  if (!groups.includes(everyone) && (isAnonymous || !groups.includes(UNAUTHENTICATED_GROUP))) groups.push(everyone);
  return { ...wanted, groups };
}
