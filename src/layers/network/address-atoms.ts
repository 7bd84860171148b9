// The address line cut at every boundary some rule draws. Addresses that lie in the same blocks share a key, so that a
// rule has one answer per key.

import { LINE_END, type AddressPoint } from "./address.ts";
import type { AddressSet } from "./address-set.ts";
import { cutsUpTo } from "./interval-set.ts";

/** Number of a set of addresses that no rule tells apart. */
export type AddressKey = number;

export interface AddressAtoms {
  readonly keyCount: number;
  readonly keyOf: (point: AddressPoint) => AddressKey;
  /** Keys of the addresses in a block, rising. */
  readonly keysOfBlock: (block: number) => Int32Array;
  readonly isInBlock: (key: AddressKey, block: number) => boolean;
  /** All addresses, sorted by what `valueOf` says of their key. O(intervals). */
  readonly groupBy: (valueOf: (key: AddressKey) => number) => ReadonlyMap<number, AddressSet>;
  /** Keys that have an address in the set, rising. O(intervals). */
  readonly keysWithin: (set: AddressSet) => readonly AddressKey[];
}

/** Cuts the line by the blocks. O(cuts × (blocks / 32 + log cuts)). */
export function cutAddresses(blocks: readonly AddressSet[]): AddressAtoms {
  const cuts = [...new Set<AddressPoint>([0, LINE_END, ...blocks.flat()])].toSorted((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  const positions = new Map(cuts.map((cut, index) => [cut, index]));
  const toggles = cuts.map((): number[] => []);
  for (const [block, set] of blocks.entries()) {
    for (const cut of set) toggles[positions.get(cut) ?? 0]?.push(block);
  }
  const memberships = createMemberships(blocks.length);
  const keys = new Int32Array(Math.max(0, cuts.length - 1));
  for (let index = 0; index < keys.length; index++) {
    for (const block of toggles[index] ?? []) memberships.toggle(block);
    keys[index] = memberships.intern();
  }
  return atomsOf(cuts, keys, memberships);
}

function atomsOf(cuts: readonly AddressPoint[], keys: Int32Array, memberships: Memberships): AddressAtoms {
  let ofBlock: readonly Int32Array[] | undefined;
  return {
    keyCount: memberships.count(),
    keyOf: (point) => keys[cutsUpTo(cuts, point) - 1] ?? 0,
    isInBlock: memberships.has,
    keysOfBlock: (block) => (ofBlock ??= memberships.byBlock())[block] ?? NO_KEYS,
    groupBy: (valueOf) => {
      const sets = new Map<number, AddressPoint[]>();
      let start = 0;
      for (let index = 0; index < keys.length; index = start) {
        const value = valueOf(keys[index] ?? 0);
        do start++;
        while (start < keys.length && valueOf(keys[start] ?? 0) === value);
        const set = sets.get(value);
        if (set === undefined) sets.set(value, [cuts[index] ?? 0, cuts[start] ?? 0]);
        else set.push(cuts[index] ?? 0, cuts[start] ?? 0);
      }
      return sets;
    },
    keysWithin: (set) => {
      const found = new Set<AddressKey>();
      for (let at = 0; at + 1 < set.length; at += 2) {
        const first = cutsUpTo(cuts, set[at] ?? 0) - 1;
        const end = set[at + 1] ?? 0;
        for (let index = first; index < keys.length && (cuts[index] ?? 0) < end; index++) found.add(keys[index] ?? 0);
      }
      return [...found].toSorted((a, b) => a - b);
    },
  };
}

const NO_KEYS = new Int32Array(0);

interface Memberships {
  /** Puts the current interval into the block, or takes it out. */
  readonly toggle: (block: number) => void;
  readonly intern: () => AddressKey;
  readonly has: (key: AddressKey, block: number) => boolean;
  readonly count: () => number;
  /** The keys in each block, rising. */
  readonly byBlock: () => readonly Int32Array[];
}

/** Distinct sets of blocks as bit sets, hashed. */
function createMemberships(blocks: number): Memberships {
  const words = (blocks + 31) >>> 5;
  const current = new Uint32Array(words);
  const known: Uint32Array[] = [];
  const buckets = new Map<number, AddressKey[]>();
  return {
    count: () => known.length,
    byBlock: () => {
      const lists = Array.from({ length: blocks }, (): number[] => []);
      for (const [key, bits] of known.entries()) {
        for (const [word, value] of bits.entries()) {
          for (let left = value; left !== 0; left &= left - 1)
            lists[word * 32 + 31 - Math.clz32(left & -left)]?.push(key);
        }
      }
      return lists.map((list) => Int32Array.from(list));
    },
    has: (key, block) => (((known[key]?.[block >>> 5] ?? 0) >>> (block & 31)) & 1) === 1,
    toggle: (block) => {
      current[block >>> 5] = (current[block >>> 5] ?? 0) ^ (1 << (block & 31));
    },
    intern: () => {
      let hash = 0;
      for (const word of current) hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15);
      const bucket = buckets.get(hash) ?? [];
      const same = bucket.find((key) => isSame(known[key] ?? current, current));
      if (same !== undefined) return same;
      bucket.push(known.length);
      buckets.set(hash, bucket);
      return known.push(current.slice()) - 1;
    },
  };
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
