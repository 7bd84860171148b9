// Which nodes the Node authorizer lets do something: beside the RBAC subjects, kubelets are who reads Secrets.

import type { Action } from "./action.ts";
import type { NodeGrant } from "./grant.ts";
import { NODES_GROUP } from "./identity.ts";
import { authorizeNode, type NodeAuthorizer } from "./node-authorizer.ts";

export interface NodesThatCan<S> {
  /** Any node may, whatever runs on it. */
  readonly every: boolean;
  /** Nodes that may because of what runs on them; empty when every node may. */
  readonly some: readonly NodeGrant<S>[];
}

/** Linear in the nodes that something is bound to. */
export function nodesThatCan<S>(authorizer: NodeAuthorizer<S>, action: Action): NodesThatCan<S> {
  const nobodysNode = "\u0000"; // no object can name it
  if (decide(authorizer, nobodysNode, action) !== undefined) return { every: true, some: [] };
  const names = new Set<string>();
  for (const { node } of authorizer.graph.onNode.values()) names.add(node);
  const some: NodeGrant<S>[] = [];
  for (const node of names) {
    const grant = decide(authorizer, node, action);
    if (grant !== undefined) some.push(grant);
  }
  return { every: false, some };
}

function decide<S>(authorizer: NodeAuthorizer<S>, node: string, action: Action): NodeGrant<S> | undefined {
  const verdict = authorizeNode(authorizer, { user: `system:node:${node}`, groups: [NODES_GROUP] }, action);
  return verdict.allowed ? { kind: "node", node, through: verdict.through } : undefined;
}
