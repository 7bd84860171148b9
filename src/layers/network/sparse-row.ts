// A row over all ends of a map: one fallback, and the ends that differ from it.

import type { AddressAtoms } from "./address-atoms.ts";
import type { AddressGroup } from "./address-groups.ts";
import type { DirectionRows, Row } from "./direction-rows.ts";
import { lowerBound } from "./label-index.ts";
import type { MapEnd } from "./map-ends.ts";
import { atAddress, type NetworkRow } from "./network-row.ts";
import { ALL, NONE, ON, type OutcomeId, type Outcomes } from "./outcome.ts";
import type { PodClasses } from "./pod-classes.ts";
import { risingOrder } from "./rising-order.ts";
import type { Direction } from "./policy.ts";
import { ALL_PORTS } from "./port-set.ts";

export interface SparseRow {
  readonly fallback: OutcomeId;
  /** Rising. */
  readonly ends: Int32Array;
  readonly values: Int32Array;
}

export interface SparseRowContext {
  readonly ends: readonly MapEnd[];
  readonly classes: PodClasses;
  readonly outcomes: Outcomes;
  readonly atoms: AddressAtoms;
}

/** Makes rows over the ends; indexes in typed arrays are in range by construction. */
export function createSparseRows(
  rows: DirectionRows,
  direction: Direction,
  { ends, classes, outcomes, atoms }: SparseRowContext,
): (row: Row) => SparseRow {
  const firstOfClass = firstEnds(ends, classes);
  const byGroup = endsByGroup(ends);
  const groups = [...byGroup.values()].map(({ group }) => group);
  const singleKeys = Int32Array.from(groups.flatMap(({ keys }) => (keys.length === 1 ? keys : [])));
  const manyKeys = groups.filter(({ keys }) => keys.length > 1);
  const common = [...byGroup.values()].reduce<GroupEnds | undefined>(
    (best, group) => (best === undefined || group.ends.length > best.ends.length ? group : best),
    undefined,
  );
  const nodeEnds = [...ends.keys()].filter((index) => ends[index]?.isNode);
  const fromAnyNode = (value: OutcomeId): OutcomeId => outcomes.of(outcomes.sureOf(value), ALL_PORTS, ON.ownNode);
  const cells = new Int32Array(ends.length);
  const stamps = new Int32Array(ends.length);
  const touched = new Int32Array(ends.length);
  let stamp = 0;

  const dense = (row: Row): SparseRow => {
    const counts = new Map<OutcomeId, number>();
    for (const [index, { peer, group, isNode }] of ends.entries()) {
      const value = rows.cell(row, peer, group, isNode && direction === "ingress" ? "unknown" : "no");
      cells[index] = value;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    let fallback = NONE;
    for (const [value, count] of counts) if (count > (counts.get(fallback) ?? 0)) fallback = value;
    const differing: number[] = [];
    for (let index = 0; index < ends.length; index++) if (cells[index] !== fallback) differing.push(index);
    const list = Int32Array.from(differing);
    return { fallback, ends: list, values: list.map((index) => cells[index]!) };
  };

  /** Without tiers: classes and addresses add up, so only what some rule names is touched. */
  const sparse = (row: NetworkRow): SparseRow => {
    stamp++;
    let count = 0;
    const isNamed = meetsNames(row);
    const commonPart = common === undefined ? NONE : row.addressPart(common.group, 0);
    const fallback = outcomes.union(row.forPods, commonPart);
    const set = (index: number, value: OutcomeId): void => {
      if (stamps[index] !== stamp) {
        stamps[index] = stamp;
        touched[count++] = index;
      }
      cells[index] = value;
    };
    for (let at = 0; at < row.classes.length; at++) {
      const id = row.classes[at]!;
      for (let index = firstOfClass[id]!; index < firstOfClass[id + 1]!; index++) set(index, row.values[at]!);
    }
    for (let index = firstOfClass[classes.outside]!; index < ends.length; index++) set(index, row.forOutside);
    const addPart = (index: number, part: OutcomeId): void => {
      set(index, outcomes.union(stamps[index] === stamp ? cells[index]! : row.forPods, part));
    };
    for (const { group, ends: list } of byGroup.values()) {
      if (isNamed) {
        for (const index of list) addPart(index, row.addressPart(group, classes.portsOf[ends[index]?.peer ?? 0]!));
        continue;
      }
      const part = row.addressPart(group, 0);
      if (group === common?.group) {
        if (part !== NONE) for (let at = 0; at < count; at++) joinCommon(touched[at]!, part);
      } else if (part !== NONE || commonPart !== NONE) for (const index of list) addPart(index, part);
    }
    function joinCommon(index: number, part: OutcomeId): void {
      if (ends[index]?.group === common?.group) cells[index] = outcomes.union(cells[index]!, part);
    }
    if (direction === "ingress") for (const index of nodeEnds) set(index, fromAnyNode(cells[index]!));
    const list = risingOrder(touched.subarray(0, count), stamps, stamp, cells, fallback);
    const values = new Int32Array(list.length);
    for (let at = 0; at < list.length; at++) values[at] = cells[list[at]!]!;
    return { fallback, ends: list, values };
  };

  /** Where no address rule meets an end, the row is the classes' own. */
  const isOneToOne = ends.every(({ peer }, index) => peer === index);
  const ofClasses = ({ forPods, classes: ids, values }: NetworkRow): SparseRow => {
    if (isOneToOne) {
      const known = lowerBound(ids, ends.length); // classes past it have no end
      if (known === ids.length) return { fallback: forPods, ends: ids, values };
      return { fallback: forPods, ends: ids.subarray(0, known), values: values.subarray(0, known) };
    }
    let count = 0;
    for (let at = 0; at < ids.length; at++) count += firstOfClass[ids[at]! + 1]! - firstOfClass[ids[at]!]!;
    const row = { fallback: forPods, ends: new Int32Array(count), values: new Int32Array(count) };
    let place = 0;
    for (let at = 0; at < ids.length; at++) {
      for (let index = firstOfClass[ids[at]!]!; index < firstOfClass[ids[at]! + 1]!; index++) {
        row.ends[place] = index;
        row.values[place++] = values[at]!;
      }
    }
    return row;
  };
  const meetsNames = ({ namedBlocks }: NetworkRow): boolean =>
    namedBlocks.some(({ block }) => groups.some(({ keys }) => keys.some((key) => atoms.isInBlock(key, block))));
  const meetsAddresses = (row: NetworkRow): boolean => {
    const { byAddress } = row;
    if (meetsNames(row) || manyKeys.some((group) => row.addressPart(group, 0) !== NONE)) return true;
    return byAddress !== undefined && singleKeys.some((key) => atAddress(byAddress, key, atoms) !== NONE);
  };
  const hasOutside = (firstOfClass[classes.outside] ?? 0) < ends.length;

  return (row) => {
    if (row.admin !== undefined || row.baseline !== undefined) return dense(row);
    if (row.network === undefined) return { fallback: ALL, ends: new Int32Array(0), values: new Int32Array(0) };
    return hasOutside || meetsAddresses(row.network) ? sparse(row.network) : ofClasses(row.network);
  };
}

interface GroupEnds {
  readonly group: AddressGroup;
  readonly ends: number[];
}

function endsByGroup(ends: readonly MapEnd[]): ReadonlyMap<number, GroupEnds> {
  const groups = new Map<number, GroupEnds>();
  for (const [index, { group }] of ends.entries()) {
    const known = groups.get(group.id);
    if (known === undefined) groups.set(group.id, { group, ends: [index] });
    else known.ends.push(index);
  }
  return groups;
}

/** First end of each class; ends are sorted by class. */
function firstEnds(ends: readonly MapEnd[], classes: PodClasses): Int32Array {
  const first = new Int32Array(classes.count + 2);
  for (const { peer } of ends) first[peer + 1]! += 1;
  for (let id = 0; id <= classes.count; id++) first[id + 1]! += first[id]!;
  return first;
}
