// The map: which workload reaches which, and which addresses outside reach or are reached. Workloads with equal rows
// are answered together, so that ten thousand of them stay readable and small.

import { mapEnds, type MapEnds, type Member } from "./map-ends.ts";
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
  const signature = ({ end, family, view }: Member): string => `${pairs.profileOf[end]} ${family} ${view}`;
  const groups = groupUnits(map, signature);
  return { map, pairs, groups, outside: createOutside(world, "egress"), sums: emptySums(map.units.length), ...tables };
}

/** Outcomes per unit: over pods and families any will do; host-network pods are seen one way or the other. */
interface Sums {
  readonly always: Int32Array;
  readonly asPods: Int32Array;
  readonly asNodes: Int32Array;
  readonly touched: Set<number>;
}

function emptySums(count: number): Sums {
  return {
    always: new Int32Array(count),
    asPods: new Int32Array(count),
    asNodes: new Int32Array(count),
    touched: new Set(),
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
  for (const units of groupUnits(map, ({ end, family, view }) => `${rowOf(end)} ${family} ${view}`)) {
    const members = map.units[units[0] ?? 0]?.members ?? [];
    const faces = members.map((member) => ({ ...member, peer: map.ends[member.end]?.peer ?? 0 }));
    yield { workloads: workloadsOf(map, units), outside: outside.of(faces) };
  }
}

/** Units whose members have equal signatures, by number. */
function groupUnits(map: MapEnds, signature: (member: Member) => string): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [unit, { members }] of map.units.entries()) {
    const key = members.map(signature).toSorted().join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
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
      sums.touched.add(target);
      column[target] = union(column[target]!, values[at]!);
    }
  }
}

/** Takes the sums out and leaves them empty. */
function collect({ outcomes }: World, map: MapEnds, sums: Sums): readonly ReachedWorkloads[] {
  const units = new Map<OutcomeId, number[]>();
  for (const unit of sums.touched) {
    const always = sums.always[unit]!;
    const asPods = outcomes.union(always, sums.asPods[unit]!);
    const asNodes = outcomes.union(always, sums.asNodes[unit]!);
    const outcome = outcomes.either(asPods, asNodes, ON.hostNetwork);
    sums.always[unit] = NONE;
    sums.asPods[unit] = NONE;
    sums.asNodes[unit] = NONE;
    const list = units.get(outcome);
    if (list === undefined) units.set(outcome, [unit]);
    else list.push(unit);
  }
  sums.touched.clear();
  return [...units].map(([outcome, list]) => ({ outcome, workloads: workloadsOf(map, list) }));
}

function workloadsOf(map: MapEnds, units: readonly number[]): Int32Array {
  let count = 0;
  for (const unit of units) count += map.units[unit]!.workloads.length;
  const all = new Int32Array(count);
  let at = 0;
  for (const unit of units) for (const workload of map.units[unit]!.workloads) all[at++] = workload;
  return all.sort();
}
