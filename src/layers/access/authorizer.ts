// The API server's authorizers in their order: system:masters, Node, RBAC (--authorization-mode=Node,RBAC). The first
// that allows decides; without one, the reasons of all are joined, each with its authorizer's name since 1.37. Webhooks and AuthorizationConfiguration chains are not
// here: with them the answer is what Node and RBAC say, and a webhook may differ.

import type { Action } from "./action.ts";
import type { Decision } from "./decision.ts";
import type { Grant } from "./grant.ts";
import { MASTERS_GROUP, type Identity } from "./identity.ts";
import { authorizeNode, type NodeAuthorizer } from "./node-authorizer.ts";
import { authorizeRbac, rbacGrantsOf } from "./rbac-authorizer.ts";
import type { RbacState } from "./rbac-state.ts";
import type { ErrorWording } from "./resolution-error.ts";

/** `server` answers as an API server with Node and RBAC; `rbac` as RBAC alone. */
export type AuthorizerMode = "server" | "rbac";

export interface Authorizers<S> {
  readonly rbac: RbacState<S>;
  readonly node: NodeAuthorizer<S>;
  readonly wording: ErrorWording;
}

export function authorize<S>(
  authorizers: Authorizers<S>,
  mode: AuthorizerMode,
  identity: Identity,
  action: Action,
): Decision<S> {
  const { rbac, node, wording } = authorizers;
  if (mode === "rbac") return authorizeRbac(rbac, identity, action, wording);
  if (identity.groups.includes(MASTERS_GROUP)) {
    return { allowed: true, by: "system:masters", reason: "", grant: { kind: "system:masters" }, errors: [] };
  }
  const byNode = authorizeNode(node, identity, action);
  if (byNode.allowed) {
    const { node: name, through } = byNode;
    return { allowed: true, by: "node", reason: "", grant: { kind: "node", node: name, through }, errors: [] };
  }
  const byRbac = authorizeRbac(rbac, identity, action, wording);
  if (byRbac.allowed || (byNode.reason === "" && byRbac.reason === "")) return byRbac;
  const reasons = [
    ["node", byNode.reason],
    ["rbac", byRbac.reason],
  ] as const;
  const reason = reasons
    .filter(([, text]) => text !== "")
    .map(([name, text]) => (node.features.reasonsNameAuthorizers ? `${name}: ${text}` : text))
    .join("\n");
  return { ...byRbac, reason };
}

/** Everything that allows the action, in the order the authorizers meet it: what remains if one grant is taken away. */
export function grantsOf<S>(
  authorizers: Authorizers<S>,
  mode: AuthorizerMode,
  identity: Identity,
  action: Action,
): readonly Grant<S>[] {
  const byRbac = rbacGrantsOf(authorizers.rbac, identity, action);
  if (mode === "rbac") return byRbac;
  const grants: Grant<S>[] = [];
  if (identity.groups.includes(MASTERS_GROUP)) grants.push({ kind: "system:masters" });
  const byNode = authorizeNode(authorizers.node, identity, action);
  if (byNode.allowed) grants.push({ kind: "node", node: byNode.node, through: byNode.through });
  return [...grants, ...byRbac];
}
