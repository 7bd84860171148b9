// What Ringwall says of a fixture: the chain from the attacker to what is promised, and the fewest changes that stop it.

import { createAttackGraph } from "../../../src/attack/attack-graph.ts";
import { createAttackWorld } from "../../../src/attack/attack-world.ts";
import { createSearcher } from "../../../src/attack/closure.ts";
import { smallestCut } from "../../../src/attack/cut.ts";
import type { Control } from "../../../src/attack/fact.ts";
import { holdingKey } from "../../../src/attack/holding.ts";
import type { Power } from "../../../src/attack/power.ts";
import { BINDS } from "../../../src/attack/powers.ts";
import { powersOf, TECHNIQUES } from "../../../src/attack/techniques.ts";
import { readObject } from "../../../src/cluster/read-resource.ts";
import type { Resource } from "../../../src/cluster/resource.ts";
import type { Fixture } from "./fixture.ts";

export interface Proposal {
  readonly changes: readonly Control[];
  /** Nothing stops the chain. */
  readonly isUncut: boolean;
  readonly powers: readonly Power[];
}

export function proposedChange({ objects, attacker, gains }: Fixture, minor: number): Proposal {
  const resources = objects.flatMap((value): readonly Resource[] => {
    const read = readObject(value, "default");
    if (read.kind !== "object") return [];
    const provenance = { kind: "file", file: "fixture.yaml" } as const;
    return [{ id: read.id, object: read.object, provenance, locate: () => undefined }];
  });
  const world = createAttackWorld(resources, {
    minor,
    isComplete: false,
    powers: (it) => powersOf(TECHNIQUES, it),
    binds: BINDS,
  });
  const graph = createAttackGraph(world, TECHNIQUES);
  const at = (name: string): number =>
    graph.holdings.findIndex((holding) => holdingKey(holding) === name.replaceAll(" ", "\u0001"));
  const cut = smallestCut(graph, createSearcher(graph), [at(attacker)], [at(gains)]);
  return { changes: cut.changes, isUncut: cut.uncut.length > 0, powers: powersOf(TECHNIQUES, world) };
}
