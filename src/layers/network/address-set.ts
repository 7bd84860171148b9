// Sets of addresses: CIDRs, CIDRs with exceptions, ranges as they are printed.

import {
  FAMILY_BORDER,
  LINE_END,
  formatAddress,
  parseAddress,
  pointAfter,
  pointBefore,
  type AddressFamily,
  type AddressPoint,
} from "./address.ts";
import { intersect, isEmpty, type IntervalSet } from "./interval-set.ts";

export type AddressSet = IntervalSet<AddressPoint>;

export const EVERY_FOUR: AddressSet = [0, FAMILY_BORDER];
export const EVERY_SIX: AddressSet = [FAMILY_BORDER, LINE_END];
export const EVERY_ADDRESS: AddressSet = [0, LINE_END];

export interface ParsedCidr {
  readonly set: AddressSet;
  /** Leading zeros or IPv4-mapped notation. */
  readonly isSloppy: boolean;
  /** Bits beyond the prefix are set; read as the network. */
  readonly hasHostBits: boolean;
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; `undefined` when the text is no CIDR. */
export function parseCidr(text: string): ParsedCidr | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(text.slice(0, slash === -1 ? 0 : slash));
  const prefixText = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,4}$/.test(prefixText)) return undefined;
  const isMapped = typeof address.point === "number" && text.includes(":");
  const prefix = Number(prefixText) - (isMapped ? 96 : 0);
  if (prefix < 0 || prefix > (typeof address.point === "number" ? 32 : 128)) return undefined;
  const start = networkOf(address.point, prefix);
  return {
    set: [start, endOf(start, prefix)],
    isSloppy: address.isSloppy || (prefixText.length > 1 && prefixText.startsWith("0")),
    hasHostBits: start !== address.point,
  };
}

/** The set of one address. */
export function singleAddress(point: AddressPoint): AddressSet {
  return [point, pointAfter(point)];
}

export function isSingleAddress(set: AddressSet): boolean {
  return set.length === 2 && set[1] === pointAfter(set[0] ?? 0);
}

/** The part of a set in one family. */
export function ofFamily(set: AddressSet, family: AddressFamily): AddressSet {
  return intersect(set, family === 4 ? EVERY_FOUR : EVERY_SIX);
}

export function hasFamily(set: AddressSet, family: AddressFamily): boolean {
  return !isEmpty(ofFamily(set, family));
}

/** `10.0.0.0-10.255.255.255`, one text per range; a single address without the dash. Families are never joined. */
export function formatRanges(set: AddressSet): readonly string[] {
  return [...rangesOf(ofFamily(set, 4)), ...rangesOf(ofFamily(set, 6))];
}

function rangesOf(set: AddressSet): readonly string[] {
  const texts: string[] = [];
  for (let index = 0; index + 1 < set.length; index += 2) {
    const first = formatAddress(set[index] ?? 0);
    const last = formatAddress(pointBefore(set[index + 1] ?? 0));
    texts.push(first === last ? first : `${first}-${last}`);
  }
  return texts;
}

function networkOf(point: AddressPoint, prefix: number): AddressPoint {
  if (typeof point === "number") {
    const size = 2 ** (32 - prefix);
    return Math.floor(point / size) * size;
  }
  const hostBits = BigInt(128 - prefix);
  return (((point - FAMILY_BORDER) >> hostBits) << hostBits) + FAMILY_BORDER;
}

function endOf(start: AddressPoint, prefix: number): AddressPoint {
  if (typeof start === "bigint") return start + (1n << BigInt(128 - prefix));
  const end = start + 2 ** (32 - prefix);
  return end > 0xffffffff ? FAMILY_BORDER : end;
}
