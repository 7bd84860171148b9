// The addresses outside that a workload reaches, or that reach it, as ranges.

import type { AddressFamily } from "./address.ts";
import { EVERY_FOUR, EVERY_SIX, hasFamily, type AddressSet } from "./address-set.ts";
import type { Row } from "./direction-rows.ts";
import type { Face } from "./end.ts";
import { intersect, isEmpty, subtract, union } from "./interval-set.ts";
import { NONE, ON, type OutcomeId } from "./outcome.ts";
import type { ClassId } from "./pod-classes.ts";
import type { Direction } from "./policy.ts";
import type { World } from "./world.ts";

export interface OutsideRange {
  readonly outcome: OutcomeId;
  readonly addresses: AddressSet;
}

/** One way a workload stands in the network. */
export interface OutsideFace {
  readonly peer: ClassId;
  readonly family: Face["family"];
  readonly view: Face["view"];
}

export interface Outside {
  /** What is open with the outside; addresses not in it are not. */
  readonly of: (faces: readonly OutsideFace[]) => readonly OutsideRange[];
}

export function createOutside(world: World, direction: Direction): Outside {
  const rows = world[direction];
  const known = new Map<number, readonly OutsideRange[]>();
  const hasSix = mentionsSix(world);
  const ofRow = (row: Row): readonly OutsideRange[] => {
    const found = known.get(row.id);
    if (found !== undefined) return found;
    const values = Array.from({ length: world.atoms.keyCount }, (_, key) =>
      rows.cell(row, world.classes.outside, world.groups.group([key])),
    );
    const ranges = world.atoms.groupBy((key) => values[key] ?? NONE);
    const open = [...ranges].filter(([outcome]) => outcome !== NONE);
    const result = open.map(([outcome, addresses]) => ({ outcome, addresses }));
    known.set(row.id, result);
    return result;
  };
  const ofFace = ({ peer, family }: OutsideFace): readonly OutsideRange[] => {
    const families: readonly AddressFamily[] = family === "any" ? (hasSix ? [4, 6] : [4]) : [family];
    const reachable = families.length === 2 ? union(EVERY_FOUR, EVERY_SIX) : families[0] === 6 ? EVERY_SIX : EVERY_FOUR;
    return ofRow(rows.rowOf(peer)).flatMap(({ outcome, addresses }) => {
      const part = intersect(addresses, reachable);
      return isEmpty(part) ? [] : [{ outcome, addresses: part }];
    });
  };
  return {
    of: (faces) => {
      const overlay = (view: Face["view"], join: (a: OutcomeId, b: OutcomeId) => OutcomeId) =>
        faces
          .filter((face) => face.view === "any" || face.view === view)
          .reduce<readonly OutsideRange[]>((ranges, face) => merge(ranges, ofFace(face), join), []);
      const { union: unite, either } = world.outcomes;
      const asPods = overlay("pod", unite);
      if (faces.every(({ view }) => view === "any")) return asPods;
      return merge(asPods, overlay("node", unite), (a, b) => either(a, b, ON.hostNetwork));
    },
  };
}

/** Joins two sets of ranges; what is missing from one counts as closed there. */
function merge(
  a: readonly OutsideRange[],
  b: readonly OutsideRange[],
  join: (a: OutcomeId, b: OutcomeId) => OutcomeId,
): readonly OutsideRange[] {
  const sums = new Map<OutcomeId, AddressSet>();
  const add = (outcome: OutcomeId, addresses: AddressSet): void => {
    if (outcome !== NONE && !isEmpty(addresses)) sums.set(outcome, union(sums.get(outcome) ?? [], addresses));
  };
  const all = (ranges: readonly OutsideRange[]): AddressSet =>
    ranges.reduce<AddressSet>((set, { addresses }) => union(set, addresses), []);
  for (const one of a)
    for (const other of b) add(join(one.outcome, other.outcome), intersect(one.addresses, other.addresses));
  for (const one of a) add(join(one.outcome, NONE), subtract(one.addresses, all(b)));
  for (const other of b) add(join(NONE, other.outcome), subtract(other.addresses, all(a)));
  return [...sums].map(([outcome, addresses]) => ({ outcome, addresses }));
}

/** IPv6 is listed only where somebody speaks of it. */
function mentionsSix({ podAt, nodesAt, options, blocks }: World): boolean {
  const points = [...podAt.keys(), ...nodesAt.keys()];
  const sets = [...blocks, ...(options.podCidrs === undefined ? [] : [options.podCidrs])];
  return points.some((point) => typeof point === "bigint") || sets.some((set) => hasFamily(set, 6));
}
