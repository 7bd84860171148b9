// Sets of the addresses outside that were met: each of them where they are few, the internet where they are many.

import { FAMILY_BORDER, pointAfter, type AddressPoint } from "../../layers/network/address.ts";
import type { AddressSet } from "../../layers/network/address-set.ts";
import { INTERNET } from "../../layers/network/internet.ts";
import { union } from "../../layers/network/interval-set.ts";

const FOUR_SIZE = 65536;
const SIX_BITS = 80n;

/** The start of the /16 (IPv6: /48) that an address lies in. */
export function networkStart(point: AddressPoint): AddressPoint {
  if (typeof point === "number") return point - (point % FOUR_SIZE);
  return (((point - FAMILY_BORDER) >> SIX_BITS) << SIX_BITS) + FAMILY_BORDER;
}

/** The addresses as a set. O(n log n). */
export function setOf(points: readonly AddressPoint[]): AddressSet {
  return joined([...new Set(points)], pointAfter);
}

/** The internet, and networks of addresses that are not of it, by their starts. O(n log n). */
export function internetWith(networks: ReadonlySet<AddressPoint>): AddressSet {
  return union(INTERNET, joined([...networks], networkEnd));
}

function networkEnd(start: AddressPoint): AddressPoint {
  return typeof start === "number" ? pointAfter(start + FOUR_SIZE - 1) : start + (1n << SIX_BITS);
}

/** Ranges by their starts, that may touch but not overlap. */
function joined(starts: readonly AddressPoint[], endOfRange: (start: AddressPoint) => AddressPoint): AddressSet {
  const cuts: AddressPoint[] = [];
  for (const start of starts.toSorted((a, b) => (a < b ? -1 : 1))) {
    if (cuts.at(-1) === start) cuts.pop();
    else cuts.push(start);
    cuts.push(endOfRange(start));
  }
  return cuts;
}
