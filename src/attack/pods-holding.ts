// Which pods a right on pods is about.

import type { AttackWorld } from "./attack-world.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";

/** Code in every pod of the scope, or in the pods of that name. */
export function podsHolding(world: AttackWorld, namespace: NamespaceScope, name: string): readonly Holding[] {
  if (name === "") return [{ kind: "pods", namespace }];
  const pods = namespace === EVERYWHERE ? world.pods : world.podsIn(namespace);
  return pods.filter((pod) => pod.isPod && pod.name === name).map(({ key }) => ({ kind: "pod", pod: key }));
}
