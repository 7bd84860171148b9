// Who asks: a user with groups, and the names and groups that authentication gives to service accounts, nodes and
// everyone (k8s.io/apiserver/pkg/authentication/user, .../serviceaccount/util.go).

/** A user as the authorizer sees it: names are literal and compared exactly. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid?: string;
  readonly extra?: { readonly [key: string]: readonly string[] };
}

export const MASTERS_GROUP = "system:masters";
export const AUTHENTICATED_GROUP = "system:authenticated";
export const UNAUTHENTICATED_GROUP = "system:unauthenticated";
export const NODES_GROUP = "system:nodes";
export const SERVICE_ACCOUNTS_GROUP = "system:serviceaccounts";
export const ANONYMOUS_USER = "system:anonymous";

const SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";
const NODE_PREFIX = "system:node:";

export function serviceAccountUser(namespace: string, name: string): string {
  return `${SERVICE_ACCOUNT_PREFIX}${namespace}:${name}`;
}

export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The namespace and name in `system:serviceaccount:NS:NAME`; `undefined` for any other user. */
export function serviceAccountOf(user: string): ServiceAccountName | undefined {
  if (!user.startsWith(SERVICE_ACCOUNT_PREFIX)) return undefined;
  const parts = user.slice(SERVICE_ACCOUNT_PREFIX.length).split(":");
  const [namespace = "", name = ""] = parts;
  if (parts.length !== 2 || !DNS_LABEL.test(namespace) || !isSubdomain(name)) return undefined;
  return { namespace, name };
}

/** The node in `system:node:NAME`, valid as a node's name; `undefined` for any other user. */
export function nodeOf(user: string): string | undefined {
  if (!user.startsWith(NODE_PREFIX)) return undefined;
  const name = user.slice(NODE_PREFIX.length);
  return isSubdomain(name) ? name : undefined;
}

/**
 * The node an identity is for the Node authorizer: member of system:nodes and named `system:node:NAME`. The name may be
 * empty (pkg/auth/nodeidentifier/default.go).
 */
export function nodeIdentity(identity: Identity): string | undefined {
  if (!identity.user.startsWith(NODE_PREFIX) || !identity.groups.includes(NODES_GROUP)) return undefined;
  return identity.user.slice(NODE_PREFIX.length);
}

/** The groups authentication gives a service account; the order is the API server's. */
export function serviceAccountGroups(namespace: string): readonly string[] {
  return [SERVICE_ACCOUNTS_GROUP, `${SERVICE_ACCOUNTS_GROUP}:${namespace}`];
}

/**
 * The identity that authentication would make of `user` and the groups given: service account groups where none is
 * given, system:nodes for a node, and system:authenticated, or system:unauthenticated for the anonymous user.
 */
export function authenticated(user: string, groups: readonly string[] = []): Identity {
  const all = [...groups];
  const account = serviceAccountOf(user);
  if (account !== undefined) for (const group of serviceAccountGroups(account.namespace)) addMissing(all, group);
  if (nodeOf(user) !== undefined && groups.length === 0) all.push(NODES_GROUP);
  if (user === ANONYMOUS_USER) addMissing(all, UNAUTHENTICATED_GROUP);
  else if (!all.includes(UNAUTHENTICATED_GROUP)) addMissing(all, AUTHENTICATED_GROUP);
  return { user, groups: all };
}

function addMissing(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item);
}

function isSubdomain(name: string): boolean {
  return name.length <= 253 && DNS_SUBDOMAIN.test(name);
}
