// What a source reaches, added up per unit over pods and families, and taken out as lists of workloads.

import type { MapEnds } from "./map-ends.ts";
import { NONE, ON, type OutcomeId, type Outcomes } from "./outcome.ts";

/** Workloads that are reached with the same ports. */
export interface ReachedWorkloads {
  readonly outcome: OutcomeId;
  /** Positions in the list of workloads, rising. */
  readonly workloads: Int32Array;
}

/** How an end is seen, by number: host-network pods are pods or nodes, nobody knows which. */
export const VIEWS = ["any", "pod", "node"] as const;

export interface UnitSums {
  /** `view`: position in `VIEWS`. */
  readonly add: (unit: number, view: number, outcome: OutcomeId) => void;
  /** Takes the sums out and leaves them empty. */
  readonly take: () => readonly ReachedWorkloads[];
}

/** Past one workload reached in this many, going through all of them in order is cheaper than sorting. */
const SCAN_FROM = 16;

/** Indexes in typed arrays are in range by construction. */
export function createUnitSums({ members, workloads, unitOf }: MapEnds, outcomes: Outcomes): UnitSums {
  const { start, items } = workloads;
  const always = new Int32Array(members.length);
  const asPods = new Int32Array(members.length);
  const asNodes = new Int32Array(members.length);
  /** The units with a sum, in any order: `touched[0 … count)`. */
  const touched = new Int32Array(members.length);
  let count = 0;
  /** 0 for a unit without a sum; for others 1 and later, while sums are taken, 1 + the place of their outcome. */
  const marks = new Int32Array(members.length);
  /** For an outcome met while sums are taken, 1 + its place; else 0 or nothing. */
  const places: number[] = [];

  const outcomeOf = (unit: number): OutcomeId => {
    const asPod = outcomes.union(always[unit]!, asPods[unit]!);
    const asNode = outcomes.union(always[unit]!, asNodes[unit]!);
    always[unit] = NONE;
    asPods[unit] = NONE;
    asNodes[unit] = NONE;
    return outcomes.either(asPod, asNode, ON.hostNetwork);
  };
  /** Of places `0 … placeCount)`: the outcome, how many workloads have it, and where the next one goes. */
  const found = new Int32Array(members.length);
  const sizes = new Int32Array(members.length);
  const next = new Int32Array(members.length);
  let placeCount = 0;
  /** Marks the units by outcome; whether workloads come in order. */
  const mark = (): boolean => {
    let isRising = true;
    let last = -1;
    for (let at = 0; at < count; at++) {
      const unit = touched[at]!;
      const outcome = outcomeOf(unit);
      while (places.length <= outcome) places.push(0);
      let place = places[outcome]!;
      if (place === 0) {
        found[placeCount] = outcome;
        sizes[placeCount] = 0;
        places[outcome] = place = ++placeCount;
      }
      marks[unit] = place;
      sizes[place - 1]! += start[unit + 1]! - start[unit]!;
      if (items[start[unit]!]! < last) isRising = false;
      last = items[start[unit + 1]! - 1]!;
    }
    return isRising;
  };
  const take = (): readonly ReachedWorkloads[] => {
    const isRising = mark();
    let total = 0;
    for (let place = 0; place < placeCount; place++) {
      next[place] = total;
      total += sizes[place]!;
    }
    const all = new Int32Array(total);
    const reached = Array.from({ length: placeCount }, (_, place): ReachedWorkloads => ({
      outcome: found[place]!,
      workloads: placeCount === 1 ? all : all.subarray(next[place], next[place]! + sizes[place]!),
    }));
    const isScanned = !isRising && total * SCAN_FROM > unitOf.length;
    if (isScanned) {
      for (let workload = 0; workload < unitOf.length; workload++) {
        const place = marks[unitOf[workload]!]!;
        if (place !== 0) all[next[place - 1]!++] = workload;
      }
    } else {
      for (let at = 0; at < count; at++) {
        const unit = touched[at]!;
        const place = marks[unit]! - 1;
        for (let item = start[unit]!; item < start[unit + 1]!; item++) all[next[place]!++] = items[item]!;
      }
      if (!isRising) for (const { workloads } of reached) workloads.sort();
    }
    clear();
    return reached.length < 2 ? reached : reached.sort((a, b) => a.workloads[0]! - b.workloads[0]!);
  };
  const clear = (): void => {
    for (let at = 0; at < count; at++) marks[touched[at]!] = 0;
    for (let place = 0; place < placeCount; place++) places[found[place]!] = 0;
    count = 0;
    placeCount = 0;
  };
  return {
    add: (unit, view, outcome) => {
      const column = view === 0 ? always : view === 1 ? asPods : asNodes;
      if (marks[unit] === 0) {
        marks[unit] = 1;
        touched[count++] = unit;
      }
      column[unit] = outcomes.union(column[unit]!, outcome);
    },
    take,
  };
}
