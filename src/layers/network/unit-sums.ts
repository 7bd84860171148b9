// What a source reaches, added up per unit over pods and families, and taken out as lists of workloads.

import type { ReachedWorkloads } from "./connectivity.ts";
import type { MapEnds } from "./map-ends.ts";
import { NONE, ON, type OutcomeId, type Outcomes } from "./outcome.ts";

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
  /** Marks the units by outcome. */
  const sortOut = () => {
    const found: { readonly outcome: OutcomeId; size: number }[] = [];
    let isRising = true;
    let last = -1;
    for (let at = 0; at < count; at++) {
      const unit = touched[at]!;
      const outcome = outcomeOf(unit);
      while (places.length <= outcome) places.push(0);
      const place = (places[outcome] ||= found.push({ outcome, size: 0 }));
      marks[unit] = place;
      found[place - 1]!.size += start[unit + 1]! - start[unit]!;
      if (items[start[unit]!]! < last) isRising = false;
      last = items[start[unit + 1]! - 1]!;
    }
    for (const { outcome } of found) places[outcome] = 0;
    return { found, isRising };
  };
  const take = (): readonly ReachedWorkloads[] => {
    const { found, isRising } = sortOut();
    /** Where the next workload of a mark goes. */
    const next = new Int32Array(found.length + 2);
    for (let mark = 1; mark <= found.length; mark++) next[mark + 1] = next[mark]! + found[mark - 1]!.size;
    const all = new Int32Array(next[found.length + 1]!);
    const reached = found.map(({ outcome }, place) => ({
      outcome,
      workloads: found.length === 1 ? all : all.subarray(next[place + 1], next[place + 2]),
    }));
    const isScanned = !isRising && all.length * SCAN_FROM > unitOf.length;
    if (isScanned) {
      for (let workload = 0; workload < unitOf.length; workload++) {
        const mark = marks[unitOf[workload]!]!;
        if (mark !== 0) all[next[mark]!++] = workload;
      }
    } else {
      for (let at = 0; at < count; at++) {
        const unit = touched[at]!;
        const mark = marks[unit]!;
        for (let item = start[unit]!; item < start[unit + 1]!; item++) all[next[mark]!++] = items[item]!;
      }
      if (!isRising) for (const one of reached) one.workloads.sort();
    }
    for (let at = 0; at < count; at++) marks[touched[at]!] = 0;
    count = 0;
    return reached.length < 2 ? reached : reached.sort((a, b) => a.workloads[0]! - b.workloads[0]!);
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
