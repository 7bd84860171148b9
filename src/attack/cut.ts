// The fewest changes after which no chain is left: a minimum hitting set over the changes that stop chains, found by the
// implicit hitting set method (chains are looked for only as long as the changes so far leave one open). Exact by branch
// and bound while that is affordable, else with its proved bound (R. M. Karp, "Reducibility among combinatorial problems",
// 1972; E. Moreno-Centeno, R. M. Karp, "The implicit hitting set approach", 2013).

import type { AttackGraph } from "./attack-graph.ts";
import { createSearcher } from "./closure.ts";
import type { Control } from "./fact.ts";
import { minimumHittingSet } from "./hitting-set.ts";
import { derivationOf } from "./witness.ts";

export interface Cut {
  readonly changes: readonly Control[];
  /** No set of fewer changes does it. Equal to `changes.length` when the cut is the smallest. */
  readonly atLeast: number;
  /** Starts whose chains no change stops, so that the cut does not count them. */
  readonly uncut: readonly number[];
}

/** What a change costs: so much that no sum of weights outweighs it. */
const CHANGE = 1_000_000;
/** A change costs one; of equally small sets the one that takes least away, by this. */
const WEIGHT: { readonly [Kind in Control["change"]["kind"]]: number } = {
  "no-token": 1,
  "change-field": 2,
  "delete-object": 3,
  "narrow-role": 4,
  "enforce-level": 6,
  "remove-subject": 8,
};

/** The cut between `starts` and `target`. Each round searches once for each start that is still open. */
export function smallestCut(graph: AttackGraph, starts: readonly number[], target: number): Cut {
  const searcher = createSearcher(graph);
  const known = new Map<string, Control>();
  const sets: (readonly string[])[] = [];
  const seen = new Set<string>();
  const uncut = new Set<number>();
  let chosen: ReadonlySet<string> = new Set();
  let atLeast = 0;
  for (;;) {
    const isOpen = (step: number): boolean => !graph.controlsOf(step).some(({ id }) => chosen.has(id));
    let isLeft = false;
    for (const start of starts) {
      if (uncut.has(start)) continue;
      const closure = searcher.from([start], { isOpen, stopAt: target });
      if (!closure.has(target)) continue;
      const stopping = new Map<string, Control>();
      for (const step of derivationOf(graph, closure, target))
        for (const control of graph.controlsOf(step)) stopping.set(control.id, control);
      if (stopping.size === 0) {
        uncut.add(start);
        continue;
      }
      isLeft = true;
      for (const [id, control] of stopping) known.set(id, control);
      const set = [...stopping.keys()].toSorted();
      const key = set.join("\n");
      if (seen.has(key)) continue;
      seen.add(key);
      sets.push(set);
    }
    if (!isLeft) break;
    const solved = minimumHittingSet(sets, (id) => CHANGE + weightOf(known.get(id)));
    chosen = new Set(solved.chosen);
    atLeast = solved.atLeast;
  }
  return {
    changes: [...chosen].flatMap((id) => known.get(id) ?? []),
    atLeast,
    uncut: [...uncut],
  };
}

function weightOf(control: Control | undefined): number {
  return control === undefined ? 0 : WEIGHT[control.change.kind];
}
