// The fewest changes after which no chain is left: a minimum hitting set over the changes that stop chains, found by the
// implicit hitting set method (chains are looked for only as long as the changes so far leave one open). Exact by branch
// and bound while that is affordable, else with its proved bound (R. M. Karp, "Reducibility among combinatorial problems",
// 1972; E. Moreno-Centeno, R. M. Karp, "The implicit hitting set approach", 2013).

import type { AttackGraph } from "./attack-graph.ts";
import type { Searcher } from "./closure.ts";
import type { ChangeUse } from "./change-use.ts";
import { controlIndexOf } from "./control-index.ts";
import type { Control } from "./fact.ts";
import { minimumHittingSet, quickHittingSet, total } from "./hitting-set.ts";
import { derivationOf } from "./witness.ts";

/** Added for what an audit log shows in use: of equally small sets, one that breaks nobody. */
const IN_USE = 100;

export interface Cut {
  readonly changes: readonly Control[];
  /** No set of fewer changes does it. Equal to `changes.length` when the cut is the smallest. */
  readonly atLeast: number;
  /** Starts whose chains no change stops, so that the cut does not count them. */
  readonly uncut: readonly number[];
}

/** Smallest sets looked for before the best cut so far stands, with what is proved about it. */
const MOST_ROUNDS = 12;

/** After so many it pays to look from the targets what leads to them still. */
const CHAINS_BETWEEN = 8;

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

/**
 * The cut between `starts` and every one of `targets`. Each round looks for chains until the changes chosen on the way leave
 * none open.
 */
export function smallestCut(
  graph: AttackGraph,
  searcher: Searcher,
  starts: readonly number[],
  targets: readonly number[],
  useOf: ChangeUse = () => undefined,
): Cut {
  const sets: (readonly number[])[] = [];
  const uses = new Map<number, number>();
  const usesOf = (control: number): number => uses.get(control) ?? 0;
  const uncut = new Set<number>();
  const leading = leadingTo(searcher, targets);
  const { choose, clear, closed, reachOf } = createSwitchboard(graph, leading);
  const goals = new Uint8Array(graph.holdings.length);
  for (const target of targets) goals[target] = 1;
  const usefulness = (control: number): number => usesOf(control) + reachOf(control) / (graph.steps.length + 1);
  const weightOf = (control: number): number => {
    const { change } = graph.control(control);
    return CHANGE + WEIGHT[change.kind] + ((useOf(change) ?? 0) > 0 ? IN_USE : 0);
  };
  /** Chains that are open, each until one change on it is made: whether there were any that a change stops. */
  const collect = (): boolean => {
    const before = sets.length;
    const cuttable = starts.filter((start) => !uncut.has(start));
    const nextChain = chainFinder(graph, searcher, { starts: cuttable, targets, goals, closed, leading });
    for (let left = nextChain(); left !== undefined; left = nextChain()) {
      const set = [...new Set(left.chain.flatMap((step) => graph.controlsOf(step)))];
      const [first] = set;
      if (first === undefined) {
        uncut.add(left.start);
        left.giveUp();
        continue;
      }
      sets.push(set);
      for (const control of set) uses.set(control, usesOf(control) + 1);
      // One that stops it for now, so that the next chain looked for is another one: of the most used the one that stops most
      // steps, and of those the nearest to the target, which others pass too.
      choose(set.reduce((one, other) => (usefulness(other) >= usefulness(one) ? other : one), first));
    }
    return sets.length > before;
  };
  const make = (chosen: readonly number[]): void => {
    clear();
    for (const control of chosen) choose(control);
  };

  // Quickly to a cut that holds, then to the smallest, which chains yet unseen may make larger again.
  let quick: readonly number[] = [];
  while (collect()) make((quick = quickHittingSet(sets, weightOf)));
  let best = quick;
  let atLeast = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const solved = minimumHittingSet(sets, weightOf);
    atLeast = Math.max(atLeast, solved.atLeast);
    if (total(solved.chosen, weightOf) >= total(best, weightOf)) break;
    make(solved.chosen);
    if (collect()) continue;
    best = solved.chosen;
    break;
  }
  return { changes: best.map(graph.control), atLeast, uncut: [...uncut] };
}

interface OpenChain {
  readonly start: number;
  readonly chain: readonly number[];
  /** Not to be asked about again: nothing stops it. */
  readonly giveUp: () => void;
}

/**
 * Looks for a chain that is open from any of the starts, as often as it is asked. Steps may only be closed in between: a
 * start without a way on is not asked again.
 */
function chainFinder(
  graph: AttackGraph,
  searcher: Searcher,
  { starts, targets, goals, closed, leading }: ChainQuestion,
): () => OpenChain | undefined {
  let within = leading;
  let found = 0;
  const asked = new Set(starts.filter((start) => within[start] === 1));
  const chainFrom = (some: readonly number[]): readonly number[] | undefined => {
    const closure = searcher.from(some, { closed, stopAtAny: goals, within });
    return closure.reached === -1 ? undefined : derivationOf(graph, closure, closure.reached);
  };
  return () => {
    // The more is closed the less there is to look at.
    if (++found % CHAINS_BETWEEN === 0) within = searcher.leadingTo(targets, closed);
    for (;;) {
      // From all at once: what all of them together cannot come to, none of them can.
      const chain = chainFrom([...asked]);
      if (chain === undefined) return undefined;
      const needs = chain.flatMap((step) => graph.steps[step]?.needs ?? []);
      const [start, ...others] = new Set(needs.filter((need) => asked.has(need)));
      if (start === undefined) return undefined;
      if (others.length === 0) return { start, chain, giveUp: () => void asked.delete(start) };
      // Several together is no chain of anybody's.
      for (const one of [start, ...others]) {
        const own = chainFrom([one]);
        if (own !== undefined) return { start: one, chain: own, giveUp: () => void asked.delete(one) };
        asked.delete(one);
      }
    }
  };
}

interface ChainQuestion {
  readonly starts: readonly number[];
  readonly targets: readonly number[];
  /** 1 for each target. */
  readonly goals: Uint8Array;
  readonly closed: Uint8Array;
  /** What leads to a target while every step is open: 1 for each. */
  readonly leading: Uint8Array;
}

const known = new WeakMap<Searcher, Map<string, Uint8Array>>();

/** What leads to the targets, with every step open: cuts for single subjects ask about the same ones. */
function leadingTo(searcher: Searcher, targets: readonly number[]): Uint8Array {
  const ofSearcher = known.get(searcher) ?? new Map<string, Uint8Array>();
  known.set(searcher, ofSearcher);
  const key = targets.toSorted((one, other) => one - other).join();
  let found = ofSearcher.get(key);
  if (found === undefined) {
    if (ofSearcher.size >= MOST_KNOWN) ofSearcher.clear();
    ofSearcher.set(key, (found = searcher.leadingTo(targets)));
  }
  return found;
}

const MOST_KNOWN = 16;

interface Switchboard {
  /** Closes the steps that the change stops. */
  readonly choose: (control: number) => void;
  /** How many steps the change stops. */
  readonly reachOf: (control: number) => number;
  /** Opens every step. */
  readonly clear: () => void;
  /** 1 for each step that is closed. */
  readonly closed: Uint8Array;
}

/** Which steps the changes chosen so far leave open, of those that lead anywhere. */
function createSwitchboard(graph: AttackGraph, leading: Uint8Array): Switchboard {
  const closed = new Uint8Array(graph.steps.length);
  const { cover, stepsOf } = controlIndexOf(graph);
  cover(leading);
  return {
    choose: (control) => {
      for (const step of stepsOf(control)) closed[step] = 1;
    },
    reachOf: (control) => stepsOf(control).length,
    clear: () => void closed.fill(0),
    closed,
  };
}
