// Everything an attacker comes to hold from a start, with the fewest steps to each: Knuth's generalisation of Dijkstra's
// algorithm to AND/OR graphs (D. E. Knuth, "A generalization of Dijkstra's algorithm", 1977). Costs are 0 and 1, so a
// queue per cost does instead of a heap. A step's cost is what its dearest need costs, plus one: needs are met side by side.

import type { AttackGraph } from "./attack-graph.ts";

export interface Closure {
  /** What the search stopped at; -1 when it did not. */
  readonly reached: number;
  readonly has: (holding: number) => boolean;
  /** Steps in a row to the holding; only for holdings it has. */
  readonly cost: (holding: number) => number;
  /** The step that gave it first; -1 for what was held at the start. */
  readonly by: (holding: number) => number;
  /** In the order they were come by. */
  readonly held: readonly number[];
}

export interface Searcher {
  /** Linear in what is reached. The closure is valid until the next search begins. */
  readonly from: (start: readonly number[], options?: SearchOptions) => Closure;
  /**
   * 1 for each holding that a step on the way to a target needs, whatever else it needs: nothing outside takes part in
   * any chain to it. Linear.
   */
  readonly leadingTo: (targets: readonly number[], isOpen?: (step: number) => boolean) => Uint8Array;
}

export interface SearchOptions {
  /** Leaves steps out. */
  readonly isOpen?: (step: number) => boolean;
  /** The search ends once it is held. */
  readonly stopAt?: number | undefined;
  /** The same for any of several: 1 for each. */
  readonly stopAtAny?: Uint8Array;
  /** 1 for what is held anyway, together with everything that follows from it: only what is new is looked for. */
  readonly beside?: Uint8Array;
  /** Only these holdings are taken: see {@link Searcher.leadingTo}. */
  readonly within?: Uint8Array;
}

/** Steps as flat lists: a search visits hundreds of thousands of them. */
interface FlatSteps {
  readonly gives: Int32Array;
  readonly costs: Uint8Array;
  /** Steps that need holding `h` are `steps[starts[h]]` to `steps[starts[h + 1]]`. */
  readonly starts: Int32Array;
  readonly steps: Int32Array;
  /** The needs of step `s`, in the same way. */
  readonly needStarts: Int32Array;
  readonly needList: Int32Array;
  /** Steps that give a holding, in the same way. */
  readonly givenStarts: Int32Array;
  readonly givenBy: Int32Array;
}

/** Keeps its working memory between searches. */
export function createSearcher(graph: AttackGraph): Searcher {
  const flat = flatten(graph);
  const { length } = graph.holdings;
  const costs = new Int32Array(length);
  const givenBy = new Int32Array(length);
  const heldIn = new Uint32Array(length);
  let round = 0;

  return {
    leadingTo: (targets, isOpen) => leadingTo(flat, length, targets, isOpen),
    from: (start, { isOpen, stopAt = -1, stopAtAny, within, beside } = {}) => {
      round++;
      const mark = round;
      const has = (holding: number): boolean => at(heldIn, holding) === mark || beside?.[holding] === 1;
      const isMet = (step: number): boolean => {
        const end = at(flat.needStarts, step + 1);
        for (let index = at(flat.needStarts, step); index < end; index++)
          if (!has(at(flat.needList, index))) return false;
        return true;
      };
      const held: number[] = [];
      let now: number[] = [];
      let next: number[] = [];
      // Of ways of the same length one that needs less at once is told: a step with one need goes first.
      let nowJoint: number[] = [];
      let nextJoint: number[] = [];
      const take = (holding: number, cost: number, by: number): void => {
        heldIn[holding] = round;
        costs[holding] = cost;
        givenBy[holding] = by;
        held.push(holding);
        const end = at(flat.starts, holding + 1);
        for (let index = at(flat.starts, holding); index < end; index++) {
          const step = at(flat.steps, index);
          const gives = at(flat.gives, step);
          if (has(gives) || (within !== undefined && within[gives] === 0)) continue;
          if ((isOpen !== undefined && !isOpen(step)) || !isMet(step)) continue;
          const isJoint = at(flat.needStarts, step + 1) - at(flat.needStarts, step) > 1;
          const isNow = at(flat.costs, step) === 0;
          if (isJoint) (isNow ? nowJoint : nextJoint).push(step);
          else (isNow ? now : next).push(step);
        }
      };
      for (const holding of start) if (!has(holding)) take(holding, 0, -1);
      const taken = (): number | undefined => now.pop() ?? nowJoint.pop();
      for (let cost = 0; now.length + nowJoint.length + next.length + nextJoint.length > 0; cost++) {
        for (let step = taken(); step !== undefined; step = taken()) {
          const holding = at(flat.gives, step);
          if (!has(holding)) take(holding, cost, step);
          if (holding === stopAt || stopAtAny?.[holding] === 1) return result(holding);
        }
        [now, next, nowJoint, nextJoint] = [next, now, nextJoint, nowJoint];
      }
      return result(-1);

      function result(reached: number): Closure {
        return { reached, has, cost: (holding) => at(costs, holding), by: (holding) => at(givenBy, holding), held };
      }
    },
  };
}

function leadingTo(
  flat: FlatSteps,
  holdings: number,
  targets: readonly number[],
  isOpen?: (step: number) => boolean,
): Uint8Array {
  const leading = new Uint8Array(holdings);
  const stack = targets.filter((target) => target >= 0);
  for (const target of stack) leading[target] = 1;
  for (let holding = stack.pop(); holding !== undefined; holding = stack.pop()) {
    const end = at(flat.givenStarts, holding + 1);
    for (let index = at(flat.givenStarts, holding); index < end; index++) {
      const step = at(flat.givenBy, index);
      if (isOpen !== undefined && !isOpen(step)) continue;
      const last = at(flat.needStarts, step + 1);
      for (let place = at(flat.needStarts, step); place < last; place++) {
        const need = at(flat.needList, place);
        if (leading[need] === 1) continue;
        leading[need] = 1;
        stack.push(need);
      }
    }
  }
  return leading;
}

function flatten({ holdings, steps, from, into }: AttackGraph): FlatSteps {
  const byNeed = lists(holdings.length, from);
  const byGift = lists(holdings.length, into);
  const needs = lists(steps.length, (step) => steps[step]?.needs ?? []);
  return {
    gives: Int32Array.from(steps, ({ gives }) => gives),
    costs: Uint8Array.from(steps, ({ cost }) => cost),
    starts: byNeed.starts,
    steps: byNeed.list,
    needStarts: needs.starts,
    needList: needs.list,
    givenStarts: byGift.starts,
    givenBy: byGift.list,
  };
}

function lists(
  count: number,
  of: (index: number) => Iterable<number>,
): { readonly starts: Int32Array; readonly list: Int32Array } {
  const starts = new Int32Array(count + 1);
  const list: number[] = [];
  for (let index = 0; index < count; index++) {
    starts[index] = list.length;
    for (const item of of(index)) list.push(item);
  }
  starts[count] = list.length;
  return { starts, list: Int32Array.from(list) };
}

/** An element of a list whose indexes are known to be in range. */
function at(list: { readonly [index: number]: number }, index: number): number {
  return list[index] as number; // callers only use indexes of the graph
}
