// Everything an attacker comes to hold from a start, with the fewest steps to each: Knuth's generalisation of Dijkstra's
// algorithm to AND/OR graphs (D. E. Knuth, "A generalization of Dijkstra's algorithm", 1977). Costs are 0 and 1, so a
// queue per cost does instead of a heap. A step's cost is what its dearest need costs, plus one: needs are met side by side.

import type { AttackGraph } from "./attack-graph.ts";

export interface Closure {
  readonly has: (holding: number) => boolean;
  /** Steps in a row to the holding; only for holdings it has. */
  readonly cost: (holding: number) => number;
  /** The step that gave it first; -1 for what was held at the start. */
  readonly by: (holding: number) => number;
  /** In the order they were come by. */
  readonly held: readonly number[];
}

export interface Searcher {
  /** `isOpen` leaves steps out; `stopAt` ends the search once it is held. Linear in what is reached. */
  readonly from: (start: readonly number[], options?: SearchOptions) => Closure;
}

export interface SearchOptions {
  readonly isOpen?: (step: number) => boolean;
  readonly stopAt?: number;
}

/** A searcher keeps its working memory between searches; a closure is valid until the next search begins. */
export function createSearcher(graph: AttackGraph): Searcher {
  const { length } = graph.holdings;
  const costs = new Int32Array(length);
  const givenBy = new Int32Array(length);
  const heldIn = new Uint32Array(length);
  const missing = new Int32Array(graph.steps.length);
  const countedIn = new Uint32Array(graph.steps.length);
  let round = 0;
  const has = (holding: number): boolean => heldIn[holding] === round;
  return {
    from: (start, { isOpen = () => true, stopAt = -1 } = {}) => {
      round++;
      const held: number[] = [];
      const buckets: number[][] = [[]];
      const take = (holding: number, cost: number, by: number): void => {
        if (has(holding)) return;
        heldIn[holding] = round;
        costs[holding] = cost;
        givenBy[holding] = by;
        held.push(holding);
        for (const step of graph.from(holding)) if (isOpen(step) && isMet(step)) offer(step, cost);
      };
      const isMet = (step: number): boolean => {
        const needs = graph.steps[step]?.needs.length ?? 0;
        if (needs === 1) return true;
        if (countedIn[step] !== round) {
          countedIn[step] = round;
          missing[step] = needs;
        }
        const left = (missing[step] ?? 0) - 1;
        missing[step] = left;
        return left === 0;
      };
      const offer = (step: number, cost: number): void => {
        const next = cost + (graph.steps[step]?.cost ?? 0);
        (buckets[next] ??= []).push(step);
      };
      for (const holding of start) take(holding, 0, -1);
      search: for (let cost = 0; cost < buckets.length; cost++) {
        const bucket = buckets[cost] ?? [];
        for (let at = 0; at < bucket.length; at++) {
          const step = bucket[at] as number; // in range
          take(graph.steps[step]?.gives ?? -1, cost, step);
          if (stopAt !== -1 && has(stopAt)) break search;
        }
      }
      return { has, cost: (holding) => costs[holding] ?? 0, by: (holding) => givenBy[holding] ?? -1, held };
    },
  };
}
