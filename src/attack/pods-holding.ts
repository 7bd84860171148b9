// Which pods a right on pods is about.

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";
import type { PodFacts } from "./pod-facts.ts";

/** Code in every pod of the scope, or in the pods of that name. */
export function podsHolding(world: AttackWorld, namespace: NamespaceScope, name: string): readonly Holding[] {
  if (name === "") return [{ kind: "pods", namespace }];
  return podsNamed(world, namespace, name).map(({ holding }) => holding);
}

const byName = new WeakMap<readonly PodFacts[], ReadonlyMap<string, readonly PodFacts[]>>();

/** Pods of the scope with that name; templates have none that could be named. Constant after the first. */
export function podsNamed({ pods }: AttackWorld, namespace: NamespaceScope, name: string): readonly PodFacts[] {
  let named = byName.get(pods);
  if (named === undefined) {
    named = Map.groupBy(
      pods.filter(({ isPod }) => isPod),
      (pod) => pod.name,
    );
    byName.set(pods, named);
  }
  const all = named.get(name) ?? [];
  return namespace === EVERYWHERE ? all : all.filter((pod) => pod.namespace === namespace);
}
