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
  readonly held: Int32Array;
}

export interface Searcher {
  /** Linear in what is reached. The closure is valid until the next search begins. */
  readonly from: (start: readonly number[], options?: SearchOptions) => Closure;
  /**
   * 1 for each holding that a step on the way to a target needs, whatever else it needs: nothing outside takes part in
   * any chain to it. Linear.
   */
  readonly leadingTo: (targets: readonly number[], closed?: Uint8Array) => Uint8Array;
}

export interface SearchOptions {
  /** Leaves steps out. */
  readonly isOpen?: (step: number) => boolean;
  /** The same as a list: 1 for each step that is left out. */
  readonly closed?: Uint8Array;
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
  const holdings = graph.holdings.length;
  const memory: Memory = {
    costs: new Int32Array(holdings),
    givenBy: new Int32Array(holdings),
    heldIn: new Uint32Array(holdings),
    held: new Int32Array(holdings),
    now: createQueue(graph.steps.length),
    next: createQueue(graph.steps.length),
    round: 0,
  };
  return {
    leadingTo: (targets, closed) => leadingTo(flat, holdings, targets, closed),
    from: (start, options = {}) => closureFrom(flat, memory, start, options),
  };
}

interface Memory {
  readonly costs: Int32Array;
  readonly givenBy: Int32Array;
  /** The number of the search that came to the holding last. */
  readonly heldIn: Uint32Array;
  readonly held: Int32Array;
  now: Queue;
  next: Queue;
  round: number;
}

/**
 * Steps that can be taken at one cost. Of ways of the same length one that needs less at once is told: a step with one need
 * goes first. A step is met once, by the last of its needs, so none is in it twice.
 */
interface Queue {
  readonly single: Int32Array;
  readonly joint: Int32Array;
  singles: number;
  joints: number;
}

function createQueue(steps: number): Queue {
  return { single: new Int32Array(steps), joint: new Int32Array(steps), singles: 0, joints: 0 };
}

function closureFrom(
  flat: FlatSteps,
  memory: Memory,
  start: readonly number[],
  { isOpen, closed, stopAt = -1, stopAtAny, within, beside }: SearchOptions,
): Closure {
  const { gives, costs, starts, steps, needStarts, needList } = flat;
  const { heldIn, held } = memory;
  const mark = ++memory.round;
  memory.now.singles = memory.now.joints = memory.next.singles = memory.next.joints = 0;
  let count = 0;

  const take = (holding: number, cost: number, by: number): void => {
    heldIn[holding] = mark;
    memory.costs[holding] = cost;
    memory.givenBy[holding] = by;
    held[count++] = holding;
    const { now, next } = memory;
    const end = at(starts, holding + 1);
    for (let index = at(starts, holding); index < end; index++) {
      const step = at(steps, index);
      const given = at(gives, step);
      if (at(heldIn, given) === mark || (within !== undefined && within[given] === 0)) continue;
      if (beside !== undefined && beside[given] === 1) continue;
      const first = at(needStarts, step);
      const last = at(needStarts, step + 1);
      const isJoint = last - first > 1;
      if (isJoint && !isMet(first, last)) continue;
      if (closed !== undefined && closed[step] === 1) continue;
      if (isOpen !== undefined && !isOpen(step)) continue;
      const queue = at(costs, step) === 0 ? now : next;
      if (isJoint) queue.joint[queue.joints++] = step;
      else queue.single[queue.singles++] = step;
    }
  };
  const isMet = (first: number, last: number): boolean => {
    for (let index = first; index < last; index++) {
      const need = at(needList, index);
      if (at(heldIn, need) !== mark && beside?.[need] !== 1) return false;
    }
    return true;
  };
  const result = (reached: number): Closure => ({
    reached,
    has: (holding) => at(heldIn, holding) === mark || beside?.[holding] === 1,
    cost: (holding) => at(memory.costs, holding),
    by: (holding) => at(memory.givenBy, holding),
    held: held.subarray(0, count),
  });

  for (const holding of start) if (at(heldIn, holding) !== mark && beside?.[holding] !== 1) take(holding, 0, -1);
  for (let cost = 0; ; cost++) {
    const { now } = memory;
    while (now.singles + now.joints > 0) {
      const step = now.singles > 0 ? at(now.single, --now.singles) : at(now.joint, --now.joints);
      const holding = at(gives, step);
      if (at(heldIn, holding) !== mark) take(holding, cost, step);
      if (holding === stopAt || stopAtAny?.[holding] === 1) return result(holding);
    }
    if (memory.next.singles + memory.next.joints === 0) return result(-1);
    [memory.now, memory.next] = [memory.next, memory.now];
  }
}

function leadingTo(flat: FlatSteps, holdings: number, targets: readonly number[], closed?: Uint8Array): Uint8Array {
  const leading = new Uint8Array(holdings);
  const stack = targets.filter((target) => target >= 0);
  for (const target of stack) leading[target] = 1;
  for (let holding = stack.pop(); holding !== undefined; holding = stack.pop()) {
    const end = at(flat.givenStarts, holding + 1);
    for (let index = at(flat.givenStarts, holding); index < end; index++) {
      const step = at(flat.givenBy, index);
      if (closed !== undefined && closed[step] === 1) continue;
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
