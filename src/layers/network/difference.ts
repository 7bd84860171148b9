// What a change opens and closes: two maps compared pair by pair. Applied to the old map, the difference gives the new.

import type { AddressSet } from "./address-set.ts";
import type { Connectivity, SourceRow } from "./connectivity.ts";
import { intersect, isEmpty, isEqual, subtract } from "./interval-set.ts";
import { NONE, type OutcomeId, type Outcomes } from "./outcome.ts";
import { addressesIn, type OutsideRange } from "./outside.ts";
import type { PortSet } from "./port-set.ts";

/** One side of a comparison. */
export interface MapSide {
  readonly map: Connectivity;
  readonly outcomes: Outcomes;
}

export interface Openness {
  readonly sure: PortSet;
  /** Contains `sure`; the rest depends. */
  readonly possible: PortSet;
}

/** A workload by its id, or addresses outside. */
export type ChangedEnd =
  | { readonly kind: "workload"; readonly id: string; readonly is: "kept" | "added" | "removed" }
  | { readonly kind: "outside"; readonly addresses: AddressSet };

export interface ConnectionChange {
  readonly from: ChangedEnd;
  readonly to: ChangedEnd;
  readonly before: Openness;
  readonly after: Openness;
  /** Surely open now, and not before. */
  readonly opened: PortSet;
  /** Surely open before, and not now. */
  readonly closed: PortSet;
}

const CLOSED: Openness = { sure: [], possible: [] };

/**
 * Every pair of workloads, and of a workload with addresses outside, whose answer changed. Rows that no side changed
 * for several sources are compared once. O(workloads² / sharing), in flat memory.
 */
export function* compareMaps(before: MapSide, after: MapSide): Generator<ConnectionChange> {
  const names = [...new Set([...idsOf(before), ...idsOf(after)])].sort();
  const numbers = new Map(names.map((id, number) => [id, number]));
  const sides = [before, after].map((side) => indexSide(side, numbers, names.length));
  const [old, now] = sides;
  if (old === undefined || now === undefined) return;
  const ends = names.map((id, number): ChangedEnd => {
    const is = old.position[number] === -1 ? "added" : now.position[number] === -1 ? "removed" : "kept";
    return { kind: "workload", id, is };
  });
  const groups = new Map<string, number[]>();
  for (let number = 0; number < names.length; number++) {
    const key = `${old.rowOf(number)} ${now.rowOf(number)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [number]);
    else group.push(number);
  }
  const changed = createChangeFinder(before.outcomes, after.outcomes);
  for (const sources of groups.values()) {
    const source = sources[0] ?? 0;
    const oldRow = old.row(source);
    const newRow = now.row(source);
    const targets = [...changedTargets(oldRow, newRow, old, now, changed)];
    const outside = [...changedRanges(oldRow?.outside ?? [], newRow?.outside ?? [], changed)];
    for (const from of sources.flatMap((number) => ends[number] ?? [])) {
      for (const { target, change } of targets) yield { from, to: ends[target] ?? from, ...change };
      for (const { addresses, change } of outside) yield { from, to: { kind: "outside", addresses }, ...change };
    }
  }
  yield* changedInbound(old, now, ends, changed);
}

function idsOf({ map }: MapSide): readonly string[] {
  return map.workloads.map(({ id }) => id);
}

interface IndexedSide {
  /** Position in the side's own list of workloads; -1 where it is not there. */
  readonly position: Int32Array;
  /** Common number by own position. */
  readonly number: Int32Array;
  readonly rowOf: (number: number) => number;
  readonly row: (number: number) => SourceRow | undefined;
  readonly inbound: readonly (readonly OutsideRange[] | undefined)[];
  /** Scratch: outcome by common number. */
  readonly reached: Int32Array;
}

function indexSide({ map }: MapSide, numbers: ReadonlyMap<string, number>, count: number): IndexedSide {
  const position = new Int32Array(count).fill(-1);
  const number = Int32Array.from(map.workloads, ({ id }) => numbers.get(id) ?? 0);
  for (const [own, common] of number.entries()) position[common] = own;
  const rowNumbers = map.rowNumbers();
  const rowOf = (common: number): number => {
    const own = position[common] ?? -1;
    return own === -1 ? -1 : (rowNumbers[own] ?? -1);
  };
  const inbound: (readonly OutsideRange[] | undefined)[] = [];
  for (const { workloads, outside } of map.inbound()) {
    for (const own of workloads) inbound[number[own] ?? 0] = outside;
  }
  return {
    position,
    number,
    rowOf,
    row: (common) => (rowOf(common) === -1 ? undefined : map.row(rowOf(common))),
    inbound,
    reached: new Int32Array(count),
  };
}

type Change = Omit<ConnectionChange, "from" | "to">;
type ChangeFinder = (before: OutcomeId, after: OutcomeId) => Change | undefined;

function createChangeFinder(before: Outcomes, after: Outcomes): ChangeFinder {
  const known = new Map<number, Change | undefined>();
  return (old, now) => {
    const key = old * 0x4000000 + now;
    if (known.has(key)) return known.get(key);
    const change = changeOf(opennessOf(before, old), opennessOf(after, now));
    known.set(key, change);
    return change;
  };
}

function opennessOf(outcomes: Outcomes, id: OutcomeId): Openness {
  return id === NONE ? CLOSED : { sure: outcomes.sureOf(id), possible: outcomes.possibleOf(id) };
}

function changeOf(before: Openness, after: Openness): Change | undefined {
  if (isEqual(before.sure, after.sure) && isEqual(before.possible, after.possible)) return undefined;
  return { before, after, opened: subtract(after.sure, before.sure), closed: subtract(before.sure, after.sure) };
}

function* changedTargets(
  oldRow: SourceRow | undefined,
  newRow: SourceRow | undefined,
  old: IndexedSide,
  now: IndexedSide,
  changed: ChangeFinder,
): Generator<{ readonly target: number; readonly change: Change }> {
  spread(oldRow, old);
  spread(newRow, now);
  for (let target = 0; target < old.reached.length; target++) {
    const before = old.reached[target] ?? NONE;
    const after = now.reached[target] ?? NONE;
    const change = before === NONE && after === NONE ? undefined : changed(before, after);
    if (change !== undefined) yield { target, change };
  }
}

function spread(row: SourceRow | undefined, { reached, number }: IndexedSide): void {
  reached.fill(NONE);
  for (const { outcome, workloads } of row?.reached ?? []) {
    for (const own of workloads) reached[number[own] ?? 0] = outcome;
  }
}

function* changedRanges(
  old: readonly OutsideRange[],
  now: readonly OutsideRange[],
  changed: ChangeFinder,
): Generator<{ readonly addresses: AddressSet; readonly change: Change }> {
  if (old === now) return;
  const oldClosed = { outcome: NONE, addresses: subtract(addressesIn(now), addressesIn(old)) };
  const nowClosed = { outcome: NONE, addresses: subtract(addressesIn(old), addressesIn(now)) };
  for (const one of [...old, oldClosed]) {
    for (const other of [...now, nowClosed]) {
      const addresses = intersect(one.addresses, other.addresses);
      const change = isEmpty(addresses) ? undefined : changed(one.outcome, other.outcome);
      if (change !== undefined) yield { addresses, change };
    }
  }
}

function* changedInbound(
  old: IndexedSide,
  now: IndexedSide,
  ends: readonly ChangedEnd[],
  changed: ChangeFinder,
): Generator<ConnectionChange> {
  for (const [number, to] of ends.entries()) {
    for (const { addresses, change } of changedRanges(old.inbound[number] ?? [], now.inbound[number] ?? [], changed)) {
      yield { from: { kind: "outside", addresses }, to, ...change };
    }
  }
}
