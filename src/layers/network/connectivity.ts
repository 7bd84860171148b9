// The map: which workload reaches which, and which addresses outside reach or are reached. Workloads with equal rows
// are answered together, so that ten thousand of them stay readable and small.

import { mapEnds, type MapEnds, type Member } from "./map-ends.ts";
import { createCodeMap, memberCode } from "./member-code.ts";
import { NONE, ON, type OutcomeId } from "./outcome.ts";
import { createOutside, type Outside, type OutsideRange } from "./outside.ts";
import { createPairTable, type PairTable } from "./pair-table.ts";
import type { Direction } from "./policy.ts";
import type { Workload } from "./pod.ts";
import type { World } from "./world.ts";

/** Workloads that are reached with the same ports. */
export interface ReachedWorkloads {
  readonly outcome: OutcomeId;
  /** Positions in the list of workloads, rising. */
  readonly workloads: Int32Array;
}

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

const VIEWS = ["any", "pod", "node"] as const;

/** All pairs of workloads. The tables are made when the first row is asked for. */
export function mapConnectivity(world: World): Connectivity {
  const { workloads } = world.inventory;
  let tables: Tables | undefined;
  const made = (): Tables => (tables ??= makeTables(world));
  return {
    workloads,
    rows: () => sourceRows(world, made()),
    inbound: () => outsideRows(world, made(), "ingress"),
    outbound: () => outsideRows(world, made(), "egress"),
    rowNumbers: () => rowNumbers(made(), workloads.length),
    row: (number) => sourceRow(world, made(), number),
  };
}

interface Tables {
  readonly map: MapEnds;
  readonly pairs: PairTable;
  /** Units by equal rows as a source. */
  readonly groups: readonly (readonly number[])[];
  readonly outside: Outside;
  readonly sums: Sums;
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
  for (const { members } of map.units) for (const { end } of members) start[end + 1]! += 1;
  for (let end = 0; end < map.ends.length; end++) start[end + 1]! += start[end]!;
  const next = start.slice();
  const total = start[map.ends.length] ?? 0;
  const tables = { start, unit: new Int32Array(total), family: new Uint8Array(total), view: new Uint8Array(total) };
  for (const [unit, { members }] of map.units.entries()) {
    for (const { end, family, view } of members) {
      const place = next[end]!++;
      tables.unit[place] = unit;
      tables.family[place] = family === "any" ? 0 : family;
      tables.view[place] = VIEWS.indexOf(view);
    }
  }
  const pairs = createPairTable(egress, ingress, { ends: map.ends, classes, outcomes, atoms });
  const groups = groupUnits(map, (end) => pairs.profileOf[end]!);
  return { map, pairs, groups, outside: createOutside(world, "egress"), sums: emptySums(map.units.length), ...tables };
}

/** Outcomes per unit: over pods and families any will do; host-network pods are seen one way or the other. */
interface Sums {
  readonly always: Int32Array;
  readonly asPods: Int32Array;
  readonly asNodes: Int32Array;
  /** The units with a sum: `touched[0 … count)`, in any order. */
  readonly touched: Int32Array;
  readonly isTouched: Uint8Array;
  count: number;
}

function emptySums(count: number): Sums {
  return {
    always: new Int32Array(count),
    asPods: new Int32Array(count),
    asNodes: new Int32Array(count),
    touched: new Int32Array(count),
    isTouched: new Uint8Array(count),
    count: 0,
  };
}

function* sourceRows(world: World, tables: Tables): Generator<SourceRow> {
  for (let number = 0; number < tables.groups.length; number++) yield sourceRow(world, tables, number);
}

function sourceRow(world: World, tables: Tables, number: number): SourceRow {
  const { map, outside, sums } = tables;
  const units = tables.groups[number] ?? [];
  const members = map.units[units[0] ?? 0]?.members ?? [];
  for (const member of members) addReached(world, tables, member, sums);
  return {
    sources: workloadsOf(map, units),
    reached: collect(world, map, sums),
    outside: outside.of(members.map((member) => ({ ...member, peer: map.ends[member.end]?.peer ?? 0 }))),
  };
}

function rowNumbers({ map, groups }: Tables, count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (const [number, units] of groups.entries()) {
    for (const unit of units) for (const workload of map.units[unit]?.workloads ?? []) numbers[workload] = number;
  }
  return numbers;
}

function* outsideRows(world: World, { map }: Tables, direction: Direction): Generator<OutsideRow> {
  const outside = createOutside(world, direction);
  const rowOf = (end: number): number => world[direction].rowOf(map.ends[end]?.peer ?? 0).id;
  for (const units of groupUnits(map, rowOf)) {
    const members = map.units[units[0] ?? 0]?.members ?? [];
    const faces = members.map((member) => ({ ...member, peer: map.ends[member.end]?.peer ?? 0 }));
    yield { workloads: workloadsOf(map, units), outside: outside.of(faces) };
  }
}

/** Units whose members are the same but for ends that have one number, by position. */
function groupUnits({ units }: MapEnds, numberOf: (end: number) => number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const groupOf = createCodeMap(() => {
    const group: number[] = [];
    groups.push(group);
    return group;
  });
  for (const [unit, { members }] of units.entries()) {
    const codes = members.map((member) => memberCode(numberOf(member.end), member));
    groupOf(codes.length > 1 ? codes.sort((a, b) => a - b) : codes).push(unit);
  }
  return groups;
}

function addReached(world: World, tables: Tables, source: Member, sums: Sums): void {
  const { start, unit, family, view } = tables;
  const { union } = world.outcomes;
  const sourceFamily = source.family === "any" ? 0 : source.family;
  const sourceView = VIEWS.indexOf(source.view);
  const { count, ends, values } = tables.pairs.reachedBy(tables.pairs.profileOf[source.end] ?? 0);
  for (let at = 0; at < count; at++) {
    const end = ends[at]!;
    for (let entry = start[end]!; entry < start[end + 1]!; entry++) {
      const otherFamily = family[entry]!;
      if (sourceFamily !== 0 && otherFamily !== 0 && sourceFamily !== otherFamily) continue;
      const otherView = view[entry]!;
      if (sourceView !== 0 && otherView !== 0 && sourceView !== otherView) continue;
      const seenAs = sourceView === 0 ? otherView : sourceView;
      const column = seenAs === 0 ? sums.always : seenAs === 1 ? sums.asPods : sums.asNodes;
      const target = unit[entry]!;
      if (sums.isTouched[target] === 0) {
        sums.isTouched[target] = 1;
        sums.touched[sums.count++] = target;
      }
      column[target] = union(column[target]!, values[at]!);
    }
  }
}

/** Takes the sums out and leaves them empty. */
function collect({ outcomes }: World, map: MapEnds, sums: Sums): readonly ReachedWorkloads[] {
  const found: { readonly outcome: OutcomeId; readonly units: number[] }[] = [];
  const byOutcome = new Map<OutcomeId, number[]>();
  let last: (typeof found)[number] | undefined;
  for (let at = 0; at < sums.count; at++) {
    const unit = sums.touched[at]!;
    const always = sums.always[unit]!;
    const asPods = outcomes.union(always, sums.asPods[unit]!);
    const asNodes = outcomes.union(always, sums.asNodes[unit]!);
    const outcome = outcomes.either(asPods, asNodes, ON.hostNetwork);
    sums.always[unit] = NONE;
    sums.asPods[unit] = NONE;
    sums.asNodes[unit] = NONE;
    sums.isTouched[unit] = 0;
    if (last?.outcome !== outcome) last = entryOf(outcome);
    last.units.push(unit);
  }
  sums.count = 0;
  const reached = found.map(({ outcome, units }) => ({ outcome, workloads: workloadsOf(map, units) }));
  return reached.length < 2 ? reached : reached.sort((a, b) => a.workloads[0]! - b.workloads[0]!);

  function entryOf(outcome: OutcomeId): (typeof found)[number] {
    let units = byOutcome.get(outcome);
    if (units !== undefined) return { outcome, units };
    byOutcome.set(outcome, (units = []));
    const entry = { outcome, units };
    found.push(entry);
    return entry;
  }
}

function workloadsOf(map: MapEnds, units: readonly number[]): Int32Array {
  let count = 0;
  for (const unit of units) count += map.units[unit]!.workloads.length;
  const all = new Int32Array(count);
  let at = 0;
  let isRising = true;
  for (const unit of units) {
    for (const workload of map.units[unit]!.workloads) {
      if (at > 0 && workload < all[at - 1]!) isRising = false;
      all[at++] = workload;
    }
  }
  return isRising ? all : all.sort();
}
