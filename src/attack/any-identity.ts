// Identities of the attacker's choice: what can be asked for by name, such as with impersonation or a certificate, is worth
// the users and groups that bindings name.

import { nodeOf, serviceAccountOf } from "../layers/access/identity.ts";
import type { AttackWorld } from "./attack-world.ts";
import { actingAs, type Holding, type NamespaceScope } from "./holding.ts";
import type { Step } from "./step.ts";

/** Every user that is neither a service account nor a node. */
export const ANY_USER: Holding = { kind: "means", of: "any-user", namespace: "", name: "" };
/** Every group but system:masters. */
export const ANY_GROUP: Holding = { kind: "means", of: "any-group", namespace: "", name: "" };
/** Every node, in system:nodes. */
export const ANY_NODE_IDENTITY: Holding = { kind: "means", of: "any-node-identity", namespace: "", name: "" };

/** The same by impersonation, which is an identity without its credential. */
export const ACTING_ANY_USER: Holding = { kind: "means", of: "acting-any-user", namespace: "", name: "" };
export const ACTING_ANY_GROUP: Holding = { kind: "means", of: "acting-any-group", namespace: "", name: "" };

export function actingAnyAccount(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "acting-any-account", namespace, name: "" };
}

const MASTERS = "system:masters";
const NODES: Holding = { kind: "group", name: "system:nodes" };

/** The names of accounts, also of those that are not there. */
export function anyAccount(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "any-account", namespace, name: "" };
}

/** What {@link ANY_USER} means. Linear. */
export function* everyUser({ rights }: AttackWorld): Generator<Step> {
  for (const name of boundNames(rights.bound, "user"))
    if (serviceAccountOf(name) === undefined && nodeOf(name) === undefined) {
      yield meant(ANY_USER, { kind: "user", name });
      yield meant(ACTING_ANY_USER, actingAs({ kind: "user", name }));
    }
}

/** What {@link ANY_GROUP} means. Linear. */
export function* everyGroup({ rights }: AttackWorld): Generator<Step> {
  for (const name of boundNames(rights.bound, "group"))
    if (name !== MASTERS) {
      yield meant(ANY_GROUP, { kind: "group", name });
      yield meant(ACTING_ANY_GROUP, actingAs({ kind: "group", name }));
    }
}

/** What {@link ANY_NODE_IDENTITY} means, and that a node is in its group. Linear. */
export function* everyNode({ nodes, pods }: AttackWorld): Generator<Step> {
  yield meant(ANY_NODE_IDENTITY, NODES);
  const names = new Set(nodes.map(({ name }) => name));
  for (const { node, isPlaced } of pods) if (isPlaced) names.add(node);
  for (const name of names) {
    const identity: Holding = { kind: "user", name: `system:node:${name}` };
    yield meant(ANY_NODE_IDENTITY, identity);
    yield meant(identity, NODES);
  }
}

/** What {@link anyAccount} means. Linear. */
export function* everyAccount({ accounts, namespaces }: AttackWorld): Generator<Step> {
  for (const namespace of ["*", ...namespaces.map(({ name }) => name)]) {
    yield meant(anyAccount(namespace), { kind: "accounts", namespace });
    if (namespace === "*") continue;
    yield meant(anyAccount("*"), anyAccount(namespace));
    yield meant(actingAnyAccount("*"), actingAnyAccount(namespace));
  }
  for (const { namespace, user, exists } of accounts) {
    const account: Holding = { kind: "user", name: user };
    if (!exists) yield meant(anyAccount(namespace), account);
    yield meant(actingAnyAccount(namespace), actingAs(account));
  }
}

export function boundNames(bound: AttackWorld["rights"]["bound"], kind: "user" | "group"): ReadonlySet<string> {
  return new Set(bound.flatMap(({ holder }) => (holder.kind === kind ? [holder.name] : [])));
}

function meant(from: Holding, gives: Holding): Step {
  return { needs: [from], gives, isMeant: true };
}
