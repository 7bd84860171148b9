// Addresses cut where what is open or what is expected changes: one sweep over the ends of all ranges.

import { FAMILY_BORDER, type AddressPoint } from "../address.ts";
import type { AddressSet } from "../address-set.ts";
import { union } from "../interval-set.ts";
import { NONE, type OutcomeId } from "../outcome.ts";
import type { OutsideRange } from "../outside.ts";
import { NO_PORTS, type PortSet } from "../port-set.ts";
import type { OutsideExpectation } from "./expectation.ts";

export interface RefinedRange {
  readonly addresses: AddressSet;
  readonly outcome: OutcomeId;
  /** What is expected there. */
  readonly ports: PortSet;
}

/**
 * What is open and what is expected, together; ranges do not overlap. IPv6 counts where one of them speaks of it.
 * O(n log n) in the ends of all sets, times how many of them overlap.
 */
export function refineOutside(
  ranges: readonly OutsideRange[],
  expected: readonly OutsideExpectation[],
): readonly RefinedRange[] {
  const hasSix = ranges.some(({ addresses }) => (addresses.at(-1) ?? 0) > FAMILY_BORDER);
  const sets = [...ranges.map(({ addresses }) => addresses), ...expected.map(({ set }) => set)];
  const cuts = sets.flatMap((set, id) => set.map((point) => ({ point, id })));
  cuts.push({ point: FAMILY_BORDER, id: -1 });
  cuts.sort((a, b) => (a.point < b.point ? -1 : a.point > b.point ? 1 : 0));
  const active = new Set<number>();
  const found = new Map<string, RefinedRange & { readonly addresses: AddressPoint[] }>();
  for (const [at, { point, id }] of cuts.entries()) {
    if (id >= 0 && !active.delete(id)) active.add(id);
    const next = cuts[at + 1]?.point;
    if (next === undefined || next === point || active.size === 0) continue;
    const ids = [...active].sort((a, b) => a - b);
    const range = ranges[ids[0] ?? -1]; // ranges have the first numbers
    if (range === undefined && !hasSix && point >= FAMILY_BORDER) continue;
    const key = ids.join();
    let refined = found.get(key);
    if (refined === undefined) {
      const wanted = ids.flatMap((one) => expected[one - ranges.length] ?? []);
      const ports = wanted.reduce((set, one) => union(set, one.ports), NO_PORTS);
      found.set(key, (refined = { addresses: [], outcome: range?.outcome ?? NONE, ports }));
    }
    if (refined.addresses.at(-1) === point) refined.addresses.pop();
    else refined.addresses.push(point);
    refined.addresses.push(next);
  }
  return [...found.values()];
}
