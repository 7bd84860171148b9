// The map: which workload reaches which, and which addresses outside reach or are reached. Workloads with equal rows
// are answered together, so that ten thousand of them stay readable and small.

import { intoBuckets, type Buckets } from "./buckets.ts";
import { mapEnds, type MapEnds, type Member } from "./map-ends.ts";
import { createCodeNumbers, memberCode } from "./member-code.ts";
import { createOutside, type Outside, type OutsideRange } from "./outside.ts";
import { createPairTable, type PairTable } from "./pair-table.ts";
import type { Direction } from "./policy.ts";
import type { Workload } from "./pod.ts";
import { createUnitSums, VIEWS, type ReachedWorkloads, type UnitSums } from "./unit-sums.ts";
import type { World } from "./world.ts";

/** Where the traffic of some workloads may go. A workload that reaches itself reaches its other replicas. */
export interface SourceRow {
  /** As above. */
  readonly sources: Int32Array;
  /** By the first workload, so that one cluster has one map in whatever order it was read. */
  readonly reached: readonly ReachedWorkloads[];
  readonly outside: readonly OutsideRange[];
}

/** Which addresses outside some workloads reach, or are reached from. */
export interface OutsideRow {
  readonly workloads: Int32Array;
  readonly outside: readonly OutsideRange[];
}

export interface Connectivity {
  readonly workloads: readonly Workload[];
  /** Every workload is a source of exactly one row. About O(open pairs of distinct workloads), in flat memory. */
  readonly rows: () => Iterable<SourceRow>;
  /** What reaches workloads from outside; every workload is in exactly one row. */
  readonly inbound: () => Iterable<OutsideRow>;
  /** What workloads reach outside, without the rest of their rows. */
  readonly outbound: () => Iterable<OutsideRow>;
  /** For each workload the number of its row, in the order of `rows`. */
  readonly rowNumbers: () => Int32Array;
  readonly row: (number: number) => SourceRow;
}

/** All pairs of workloads. The tables are made when the first row is asked for. */
export function mapConnectivity(world: World): Connectivity {
  const { workloads } = world.inventory;
  let tables: Tables | undefined;
  const made = (): Tables => (tables ??= makeTables(world));
  return {
    workloads,
    rows: () => sourceRows(made()),
    inbound: () => outsideRows(world, made(), "ingress"),
    outbound: () => outsideRows(world, made(), "egress"),
    rowNumbers: () => rowNumbers(made(), workloads.length),
    row: (number) => sourceRow(made(), number),
  };
}

interface Tables {
  readonly map: MapEnds;
  readonly pairs: PairTable;
  /** Units by equal rows as a source. */
  readonly groups: Buckets;
  readonly outside: Outside;
  readonly sums: UnitSums;
  /** Which units an end belongs to: entries `start[end] … start[end + 1])`. */
  readonly start: Int32Array;
  readonly unit: Int32Array;
  /** 0: any. */
  readonly family: Uint8Array;
  /** Position in `VIEWS`. */
  readonly view: Uint8Array;
}

function makeTables(world: World): Tables {
  const map = mapEnds(world, world.inventory.workloads);
  const { egress, ingress, classes, outcomes, atoms } = world;
  const start = new Int32Array(map.ends.length + 1);
  for (const members of map.members) for (const { end } of members) start[end + 1]! += 1;
  for (let end = 0; end < map.ends.length; end++) start[end + 1]! += start[end]!;
  const next = start.slice();
  const total = start[map.ends.length] ?? 0;
  const tables = { start, unit: new Int32Array(total), family: new Uint8Array(total), view: new Uint8Array(total) };
  for (let unit = 0; unit < map.members.length; unit++) {
    for (const { end, family, view } of map.members[unit]!) {
      const place = next[end]!++;
      tables.unit[place] = unit;
      tables.family[place] = family === "any" ? 0 : family;
      tables.view[place] = VIEWS.indexOf(view);
    }
  }
  const pairs = createPairTable(egress, ingress, { ends: map.ends, classes, outcomes, atoms });
  const groups = groupUnits(map, ({ end }) => pairs.profileOf[end]!);
  return {
    map,
    pairs,
    groups,
    outside: createOutside(world, "egress"),
    sums: createUnitSums(map, outcomes),
    ...tables,
  };
}

function* sourceRows(tables: Tables): Generator<SourceRow> {
  const count = tables.groups.start.length - 1;
  for (let number = 0; number < count; number++) yield sourceRow(tables, number);
}

function sourceRow(tables: Tables, number: number): SourceRow {
  const { map, outside, sums, groups } = tables;
  const members = sampleOf(map, groups, number);
  for (const member of members) addReached(tables, member);
  return { sources: workloadsIn(map, groups, number), reached: sums.take(), outside: outside.of(members) };
}

function rowNumbers({ map, groups }: Tables, count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let number = 0; number + 1 < groups.start.length; number++) {
    for (const workload of workloadsIn(map, groups, number)) numbers[workload] = number;
  }
  return numbers;
}

function* outsideRows(world: World, { map }: Tables, direction: Direction): Generator<OutsideRow> {
  const outside = createOutside(world, direction);
  const groups = groupUnits(map, ({ peer }) => world[direction].rowOf(peer).id);
  for (let number = 0; number + 1 < groups.start.length; number++) {
    yield { workloads: workloadsIn(map, groups, number), outside: outside.of(sampleOf(map, groups, number)) };
  }
}

/** Units whose members are the same but for what has one number. */
function groupUnits({ members }: MapEnds, numberOf: (member: Member) => number): Buckets {
  const numbers = createCodeNumbers();
  const codeOf = (member: Member): number => memberCode(numberOf(member), member);
  const groupOf = new Int32Array(members.length);
  for (let unit = 0; unit < members.length; unit++) {
    const all = members[unit]!;
    groupOf[unit] =
      all.length === 1 ? numbers.ofOne(codeOf(all[0]!)) : numbers.of(all.map(codeOf).sort((a, b) => a - b));
  }
  return intoBuckets(groupOf, numbers.count());
}

/** The members of one unit of a group: those of the others are alike. */
function sampleOf({ members }: MapEnds, groups: Buckets, number: number): readonly Member[] {
  return members[groups.items[groups.start[number]!] ?? 0] ?? [];
}

function addReached(tables: Tables, source: Member): void {
  const { start, unit, family, view, pairs, sums } = tables;
  const sourceFamily = source.family === "any" ? 0 : source.family;
  const sourceView = VIEWS.indexOf(source.view);
  const { count, ends, values } = pairs.reachedBy(pairs.profileOf[source.end] ?? 0);
  for (let at = 0; at < count; at++) {
    const end = ends[at]!;
    for (let entry = start[end]!; entry < start[end + 1]!; entry++) {
      const otherFamily = family[entry]!;
      if (sourceFamily !== 0 && otherFamily !== 0 && sourceFamily !== otherFamily) continue;
      const otherView = view[entry]!;
      if (sourceView !== 0 && otherView !== 0 && sourceView !== otherView) continue;
      sums.add(unit[entry]!, sourceView === 0 ? otherView : sourceView, values[at]!);
    }
  }
}

/** The workloads of a group of units, rising. */
function workloadsIn({ workloads: { start, items } }: MapEnds, groups: Buckets, number: number): Int32Array {
  const from = groups.start[number]!;
  const to = groups.start[number + 1]!;
  let count = 0;
  for (let at = from; at < to; at++) count += start[groups.items[at]! + 1]! - start[groups.items[at]!]!;
  const all = new Int32Array(count);
  let next = 0;
  for (let at = from; at < to; at++) {
    const unit = groups.items[at]!;
    for (let item = start[unit]!; item < start[unit + 1]!; item++) all[next++] = items[item]!;
  }
  return sortRising(all);
}

function sortRising(list: Int32Array): Int32Array {
  for (let at = 1; at < list.length; at++) if (list[at]! < list[at - 1]!) return list.sort();
  return list;
}
