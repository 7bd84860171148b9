// What Ringwall says of a fixture: which single changes stop the chain from the attacker to what is promised.

import { createAttackGraph, type AttackGraph } from "../../../src/attack/attack-graph.ts";
import type { AttackWorld } from "../../../src/attack/attack-world.ts";
import { createSearcher } from "../../../src/attack/closure.ts";
import { smallestCut } from "../../../src/attack/cut.ts";
import type { Control } from "../../../src/attack/fact.ts";
import { holdingKey } from "../../../src/attack/holding.ts";
import type { Power } from "../../../src/attack/power.ts";
import { resourcesOf } from "../../../src/attack/resources.fixture.ts";
import { techniqueWorld } from "../../../src/attack/technique-world.ts";
import { powersOf, TECHNIQUES } from "../../../src/attack/techniques.ts";
import { derivationOf } from "../../../src/attack/witness.ts";
import type { ApiObject, Fixture } from "./fixture.ts";

export interface Proposal {
  /** The smallest cut. */
  readonly changes: readonly Control[];
  /** Changes of the chain each of which alone leaves no chain. */
  readonly single: readonly Control[];
  /** Nothing stops the chain. */
  readonly isUncut: boolean;
  readonly powers: readonly Power[];
}

export function proposedChange({ objects, attacker, gains }: Fixture, minor: number): Proposal {
  const world = attackWorld(objects, { minor, isComplete: false });
  const graph = createAttackGraph(world, TECHNIQUES);
  const start = indexOf(graph, attacker);
  const target = indexOf(graph, gains);
  const searcher = createSearcher(graph);
  const cut = smallestCut(graph, searcher, [start], [target]);
  const chain = derivationOf(graph, searcher.from([start]), target);
  const single = [...new Set(chain.flatMap((step) => graph.controlsOf(step)))].filter((one) => {
    const isOpen = (step: number): boolean => !graph.controlsOf(step).includes(one);
    return !searcher.from([start], { isOpen }).has(target);
  });
  return {
    changes: cut.changes,
    single: single.map(graph.control),
    isUncut: cut.uncut.length > 0,
    powers: powersOf(TECHNIQUES, world),
  };
}

/** Whether Ringwall sees a chain to what is promised. */
export function isReached({ objects, attacker, gains }: Fixture, minor: number, isComplete: boolean): boolean {
  const graph = createAttackGraph(attackWorld(objects, { minor, isComplete }), TECHNIQUES);
  const start = indexOf(graph, attacker);
  const target = indexOf(graph, gains);
  return start !== -1 && target !== -1 && createSearcher(graph).from([start]).has(target);
}

export function attackWorld(
  objects: readonly ApiObject[],
  options: { readonly minor: number; readonly isComplete: boolean; readonly isForTargets?: boolean },
): AttackWorld {
  return techniqueWorld(resourcesOf(objects), options);
}

/** Of a holding as fixtures write its key. */
function indexOf({ holdings }: AttackGraph, name: string): number {
  return holdings.findIndex((holding) => holdingKey(holding) === name.replaceAll(" ", "\u0001"));
}
