// A set of addresses as the fewest CIDRs, the only way in which policies name addresses.

import { FAMILY_BORDER, formatAddress, type AddressPoint } from "../address.ts";
import { EVERY_FOUR, EVERY_SIX, type AddressSet } from "../address-set.ts";
import { intersect } from "../interval-set.ts";

/** Sorted, IPv4 first; no address is in two of them. At most 2 × bits for each interval. */
export function cidrsOf(set: AddressSet): readonly string[] {
  return [
    ...familyCidrs(intersect(set, EVERY_FOUR), 0n, 32),
    ...familyCidrs(intersect(set, EVERY_SIX), FAMILY_BORDER, 128),
  ];
}

function familyCidrs(set: AddressSet, base: bigint, bits: number): readonly string[] {
  const texts: string[] = [];
  for (let index = 0; index + 1 < set.length; index += 2) {
    let start = BigInt(set[index] ?? 0) - base;
    const end = BigInt(set[index + 1] ?? 0) - base;
    while (start < end) {
      let size = 0;
      while (size < bits && (start >> BigInt(size)) % 2n === 0n && start + (2n << BigInt(size)) <= end) size++;
      texts.push(`${formatAddress(pointOf(start, base))}/${bits - size}`);
      start += 1n << BigInt(size);
    }
  }
  return texts;
}

function pointOf(value: bigint, base: bigint): AddressPoint {
  return base === 0n ? Number(value) : value + base;
}
