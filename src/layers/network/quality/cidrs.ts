// A set of addresses as the fewest CIDRs (RFC 4632: blocks of a power of two, aligned to their size).

import { FAMILY_BORDER, formatAddress, type AddressPoint } from "../address.ts";
import { ofFamily, type AddressSet } from "../address-set.ts";

/** IPv4 first. O(CIDRs). */
export function cidrsOf(set: AddressSet): readonly string[] {
  return [...blocksOf(ofFamily(set, 4), 0n, 32), ...blocksOf(ofFamily(set, 6), FAMILY_BORDER, 128)];
}

function* blocksOf(set: AddressSet, origin: bigint, bits: number): Generator<string> {
  for (let at = 0; at + 1 < set.length; at += 2) {
    let start = BigInt(set[at] ?? 0) - origin;
    const end = BigInt(set[at + 1] ?? 0) - origin;
    while (start < end) {
      let size = 1n;
      let prefix = bits;
      while (prefix > 0 && start % (size * 2n) === 0n && start + size * 2n <= end) {
        size *= 2n;
        prefix--;
      }
      yield `${formatAddress(pointOf(start + origin))}/${prefix}`;
      start += size;
    }
  }
}

function pointOf(value: bigint): AddressPoint {
  return value < FAMILY_BORDER ? Number(value) : value;
}
