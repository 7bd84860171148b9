// The world as every technique sees it: with the rights that any of them makes use of.

import type { Resource } from "../cluster/resource.ts";
import { createAttackWorld, type AttackWorld, type AttackWorldOptions } from "./attack-world.ts";
import { BINDS } from "./powers.ts";
import { powersOf, TECHNIQUES } from "./techniques.ts";

/** See {@link createAttackWorld}. */
export function techniqueWorld(
  resources: readonly Resource[],
  options: Omit<AttackWorldOptions, "powers" | "binds">,
): AttackWorld {
  return createAttackWorld(resources, { ...options, powers: (world) => powersOf(TECHNIQUES, world), binds: BINDS });
}
