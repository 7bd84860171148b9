// Every right in a namespace, as by a binding of one's own making. Who was merely given an admin's rights there has them one
// by one, and comes no further by their name.

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";
import type { Step } from "./step.ts";

export function namespaceRights(namespace: NamespaceScope): Holding {
  return { kind: "means", of: "namespace-rights", namespace, name: "" };
}

/** What a technique makes of them, wherever somebody has them. Linear in namespaces. */
export function* byNamespaceRights(
  { namespaces }: AttackWorld,
  kind: "new-pod" | "pods" | "secrets" | "accounts",
  says: Step["says"] = {},
): Generator<Step> {
  for (const namespace of [EVERYWHERE, ...namespaces.map(({ name }) => name)])
    yield { needs: [namespaceRights(namespace)], gives: { kind, namespace }, says: { namespace, ...says } };
}

/** What they mean. Linear in namespaces. */
export function* meantByNamespaceRights({ namespaces }: AttackWorld): Generator<Step> {
  for (const namespace of [EVERYWHERE, ...namespaces.map(({ name }) => name)]) {
    yield { needs: [namespaceRights(namespace)], gives: { kind: "namespace-admin", namespace } };
    if (namespace !== EVERYWHERE) yield { needs: [namespaceRights(EVERYWHERE)], gives: namespaceRights(namespace) };
  }
}
