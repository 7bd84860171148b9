// The addresses outside that a workload reaches, or that reach it, as ranges.

import { familyOf, type AddressPoint } from "./address.ts";
import { EVERY_ADDRESS, EVERY_FOUR, EVERY_SIX, hasFamily, type AddressSet } from "./address-set.ts";
import type { Row } from "./direction-rows.ts";
import type { Face } from "./end.ts";
import { intersect, isEmpty, subtract, union } from "./interval-set.ts";
import { atAddress } from "./network-row.ts";
import { ALL, NONE, ON, type OutcomeId } from "./outcome.ts";
import type { Pod } from "./pod.ts";
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
  const hasSix = mentionsSix(world);
  const ofRow = (row: Row): readonly OutsideRange[] => {
    const open = world.atoms.groupBy(valuesOf(row), NONE);
    return Array.from(open, ([outcome, addresses]) => ({ outcome, addresses }));
  };
  /** What a row has for each address key; without tiers and address rules one answer for all. */
  const valuesOf = (row: Row): Int32Array => {
    const { network } = row;
    const { atoms, outcomes, groups, classes } = world;
    const everywhere = network === undefined ? ALL : network.forOutside;
    const byAddress = network?.byAddress;
    const isTiered = row.admin !== undefined || row.baseline !== undefined;
    if (!isTiered && everywhere === NONE && byAddress?.length === atoms.keyCount) return byAddress;
    const values = new Int32Array(atoms.keyCount);
    if (isTiered) return values.map((_, key) => rows.cell(row, classes.outside, groups.single(key)));
    if (byAddress === undefined) return values.fill(everywhere);
    return values.map((_, key) => outcomes.union(everywhere, atAddress(byAddress, key, atoms)));
  };
  /** By row or, where a row says one thing of all addresses, by what it says; and by family. */
  const byRow = new Map<number, readonly OutsideRange[]>();
  const byOutcome = new Map<number, readonly OutsideRange[]>();
  const ofFace = ({ peer, family }: OutsideFace): readonly OutsideRange[] => {
    const row = rows.rowOf(peer);
    const everywhere = sameEverywhere(row);
    const known = everywhere === undefined ? byRow : byOutcome;
    const key = (everywhere ?? row.id) * 8 + (family === "any" ? 0 : family);
    const found = known.get(key);
    if (found !== undefined) return found;
    const reachable = family === 6 ? EVERY_SIX : family === 4 || !hasSix ? EVERY_FOUR : EVERY_ADDRESS;
    const result = ofRow(row).flatMap(({ outcome, addresses }) => {
      const part = intersect(addresses, reachable);
      return isEmpty(part) ? [] : [{ outcome, addresses: part }];
    });
    known.set(key, result);
    return result;
  };
  return {
    of: (faces) => {
      const [only] = faces;
      if (faces.length === 1 && only?.view === "any") return ofFace(only);
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

/** What a row without tiers and address rules has for every address. */
function sameEverywhere({ admin, baseline, network }: Row): OutcomeId | undefined {
  if (admin !== undefined || baseline !== undefined || network?.byAddress !== undefined) return undefined;
  return network === undefined ? ALL : network.forOutside;
}

/** All addresses of some ranges. */
export function addressesIn(ranges: readonly OutsideRange[]): AddressSet {
  return ranges.reduce<AddressSet>((set, { addresses }) => union(set, addresses), []);
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
  for (const one of a)
    for (const other of b) add(join(one.outcome, other.outcome), intersect(one.addresses, other.addresses));
  for (const one of a) add(join(one.outcome, NONE), subtract(one.addresses, addressesIn(b)));
  for (const other of b) add(join(NONE, other.outcome), subtract(other.addresses, addressesIn(a)));
  return [...sums].map(([outcome, addresses]) => ({ outcome, addresses }));
}

/** IPv6 is listed only where somebody speaks of it. */
function mentionsSix({ inventory, options, blocks }: World): boolean {
  const sets = [...blocks, ...(options.podCidrs === undefined ? [] : [options.podCidrs])];
  return (
    sets.some((set) => hasFamily(set, 6)) ||
    inventory.nodes.some(({ addresses }) => addresses.some(isSix)) ||
    inventory.workloads.some(({ pods }) => pods.some(isOnSix))
  );
}

function isOnSix({ isHostNetwork, addresses, node, nodeAddresses }: Pod): boolean {
  return (!isHostNetwork && addresses.some(isSix)) || (node !== undefined && nodeAddresses.some(isSix));
}

function isSix(point: AddressPoint): boolean {
  return familyOf(point) === 6;
}
