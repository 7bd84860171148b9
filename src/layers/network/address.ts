// IPv4 and IPv6 addresses as points on one line: IPv4 first (numbers), then IPv6 (bigints). Read as Go's
// netutils.ParseIPSloppy reads them, which Kubernetes keeps for stored objects: leading zeros are decimal.

/** A point of the address line: a number below 2^32 for IPv4, a bigint from 2^32 on for IPv6. */
export type AddressPoint = number | bigint;
export type AddressFamily = 4 | 6;

/** Where IPv4 ends and IPv6 begins. */
export const FAMILY_BORDER = 4294967296n;
/** One past the last IPv6 address. */
export const LINE_END = FAMILY_BORDER + (1n << 128n);

export interface ParsedAddress {
  readonly point: AddressPoint;
  /** Written with leading zeros, or IPv4 in IPv6 notation: refused on new objects since Kubernetes 1.36. */
  readonly isSloppy: boolean;
}

/** Reads an address; `undefined` when the text is none. IPv4-mapped IPv6 is read as the IPv4 address. */
export function parseAddress(text: string): ParsedAddress | undefined {
  if (!text.includes(":")) return parseFour(text);
  const value = parseSix(text);
  if (value === undefined) return undefined;
  if (value >> 32n === 0xffffn) return { point: Number(value & 0xffffffffn), isSloppy: true };
  return { point: value + FAMILY_BORDER, isSloppy: false };
}

export function familyOf(point: AddressPoint): AddressFamily {
  return typeof point === "number" ? 4 : 6;
}

/** Canonical text (RFC 5952 for IPv6). */
export function formatAddress(point: AddressPoint): string {
  return point < FAMILY_BORDER ? formatFour(Number(point)) : formatSix(BigInt(point) - FAMILY_BORDER);
}

/** The point after `point`: what ends a range that `point` closes. */
export function pointAfter(point: AddressPoint): AddressPoint {
  if (typeof point === "bigint") return point + 1n;
  return point === 0xffffffff ? FAMILY_BORDER : point + 1;
}

/** The point before `point`: the last address of a range that ends there. */
export function pointBefore(point: AddressPoint): AddressPoint {
  if (typeof point === "number") return point - 1;
  return point === FAMILY_BORDER ? 0xffffffff : point - 1n;
}

/** Four decimal numbers below 256; by hand, since every pod has some. */
function parseFour(text: string): ParsedAddress | undefined {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  let isSloppy = false;
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? DOT : text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) {
      if (digits++ > 0 && part === 0) isSloppy = true;
      part = part * 10 + code - ZERO;
      if (part > 255) return undefined;
    } else if (code === DOT && digits > 0 && dots++ < 4) {
      value = value * 256 + part;
      part = 0;
      digits = 0;
    } else return undefined;
  }
  return dots === 4 ? { point: value, isSloppy } : undefined;
}

const ZERO = 48;
const DOT = 46;

function parseSix(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? "", halves.length === 1);
  const tail = groupsOf(halves[1] ?? "", true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<number>(halves.length === 2 ? missing : 0).fill(0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/** The 16-bit groups of one side of `::`; at the very end a dotted IPv4 address may stand for two. */
function groupsOf(text: string, isEnd: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".") && isEnd && index === parts.length - 1) {
      const four = parseFour(part);
      if (four === undefined) return undefined;
      groups.push(Number(four.point) >>> 16, Number(four.point) & 0xffff);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function formatFour(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function formatSix(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  const zeros = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(":");
  return `${hex.slice(0, zeros.start).join(":")}::${hex.slice(zeros.start + zeros.length).join(":")}`;
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
