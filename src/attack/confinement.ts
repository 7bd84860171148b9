// Whether AppArmor keeps a container from what its capabilities allow: by its own profile, or because its node has none.

import type { AttackWorld } from "./attack-world.ts";
import type { ContainerFacts } from "./container-facts.ts";
import type { PodFacts } from "./pod-facts.ts";

/** Linear in the nodes once, then constant for each asked. */
export function confinement({ nodes }: AttackWorld): (pod: PodFacts, container: ContainerFacts) => boolean {
  const open = new Set(nodes.filter(({ isUnconfined }) => isUnconfined).map(({ name }) => name));
  return ({ node }, { isAppArmorUnconfined }) => !isAppArmorUnconfined && !open.has(node);
}
