// The address line cut at every boundary some rule draws. Addresses that lie in the same blocks share a key, so that a
// rule has one answer per key.

import { LINE_END, type AddressPoint } from "./address.ts";
import type { AddressSet } from "./address-set.ts";
import { intoBuckets, type Buckets } from "./buckets.ts";
import { createHashChains, hashOf } from "./hash-chains.ts";
import { cutsUpTo } from "./interval-set.ts";

/** Number of a set of addresses that no rule tells apart. */
export type AddressKey = number;

export interface AddressAtoms {
  /** Of all keys there are by now, those of later cuts too. */
  readonly keyCount: number;
  readonly keyOf: (point: AddressPoint) => AddressKey;
  /** Keys of the addresses in a block, rising. */
  readonly keysOfBlock: (block: number) => readonly AddressKey[];
  readonly isInBlock: (key: AddressKey, block: number) => boolean;
  /**
   * The key of the first `count` that a key was split from: in the same blocks, as far as there were rules when there
   * were `count` keys.
   */
  readonly earlier: (key: AddressKey, count: number) => AddressKey;
  /** The line cut by more blocks, numbered on; keys keep their numbers. O(cuts) for each. */
  readonly with: (blocks: readonly AddressSet[]) => AddressAtoms;
  /** Addresses by the value of their key, but for those of `ignored`. O(keys + intervals of the others). */
  readonly groupBy: (values: Int32Array, ignored: number) => ReadonlyMap<number, AddressSet>;
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
  const memberships = createMemberships();
  const keys = new Int32Array(Math.max(0, cuts.length - 1));
  const current = new Uint32Array((blocks.length + 31) >>> 5);
  for (let index = 0; index < keys.length; index++) {
    for (const block of toggles[index] ?? []) current[block >>> 5]! ^= 1 << (block & 31);
    keys[index] = memberships.intern(current);
  }
  return atomsOf(cuts, keys, memberships, blocks.length);
}

/** Cuts further by blocks that are new. O(cuts + intervals in the blocks) for each. */
function cutFurther(
  cuts: readonly AddressPoint[],
  keys: Int32Array,
  set: AddressSet,
  inside: (key: AddressKey) => AddressKey,
) {
  const newCuts: AddressPoint[] = [];
  const newKeys: AddressKey[] = [];
  let at = 0;
  for (let index = 0; index < keys.length; index++) {
    let start = cuts[index] ?? 0;
    const end = cuts[index + 1] ?? LINE_END;
    const key = keys[index] ?? 0;
    for (;;) {
      const isInside = at % 2 === 1;
      const next = set[at];
      newCuts.push(start);
      newKeys.push(isInside ? inside(key) : key);
      if (next === undefined || next >= end) break;
      if (next === start) {
        newCuts.pop();
        newKeys.pop();
      }
      start = next;
      at++;
    }
  }
  newCuts.push(LINE_END);
  return { cuts: newCuts, keys: Int32Array.from(newKeys) };
}

function atomsOf(
  cuts: readonly AddressPoint[],
  keys: Int32Array,
  memberships: Memberships,
  blockCount: number,
): AddressAtoms {
  const fours = cuts.filter((cut) => typeof cut === "number");
  let byKey: Buckets | undefined;
  /** The intervals of keys with another value, rising. */
  const intervalsOf = (values: Int32Array, ignored: number): Int32Array => {
    const { start, items } = (byKey ??= intoBuckets(keys, memberships.count()));
    const found: number[] = [];
    for (let key = 0; key + 1 < start.length; key++) {
      if (values[key] === ignored) continue;
      for (let at = start[key]!; at < start[key + 1]!; at++) found.push(items[at]!);
    }
    return new Int32Array(found).sort();
  };
  return {
    get keyCount() {
      return memberships.count();
    },
    keyOf: (point) => keys[(typeof point === "number" ? cutsUpTo(fours, point) : cutsUpTo(cuts, point)) - 1] ?? 0,
    isInBlock: memberships.has,
    keysOfBlock: memberships.keysOf,
    earlier: memberships.earlier,
    with: (blocks) => {
      let next = { cuts, keys };
      for (const [index, set] of blocks.entries()) {
        const block = blockCount + index;
        const known = new Map<AddressKey, AddressKey>();
        next = cutFurther(next.cuts, next.keys, set, (key) => {
          let inside = known.get(key);
          if (inside === undefined) known.set(key, (inside = memberships.adding(key, block)));
          return inside;
        });
      }
      return atomsOf(next.cuts, next.keys, memberships, blockCount + blocks.length);
    },
    groupBy: (values, ignored) => {
      const sets = new Map<number, AddressPoint[]>();
      let set: AddressPoint[] = [];
      let last = -1;
      for (const index of intervalsOf(values, ignored)) {
        const value = values[keys[index]!]!;
        if (last === index - 1 && last >= 0 && values[keys[last]!] === value) set[set.length - 1] = cuts[index + 1]!;
        else {
          set = sets.get(value) ?? [];
          if (set.length === 0) sets.set(value, set);
          set.push(cuts[index]!, cuts[index + 1]!);
        }
        last = index;
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

const NO_KEYS: readonly AddressKey[] = [];

/** Distinct sets of blocks as bit sets, hashed. Only grows: what was numbered keeps its number. */
interface Memberships {
  readonly intern: (bits: Uint32Array) => AddressKey;
  /** The key of the same blocks and one more, whose number is higher than theirs. */
  readonly adding: (key: AddressKey, block: number) => AddressKey;
  readonly has: (key: AddressKey, block: number) => boolean;
  readonly count: () => number;
  /** The keys in a block, rising. */
  readonly keysOf: (block: number) => readonly AddressKey[];
  readonly earlier: (key: AddressKey, count: number) => AddressKey;
}

function createMemberships(): Memberships {
  const known: Uint32Array[] = [];
  const chains = createHashChains();
  /** For a key made by `adding`: the key it was made from; its block is the highest. */
  const origin: number[] = [];
  let byBlock: AddressKey[][] | undefined;

  const intern = (bits: Uint32Array, from = -1): AddressKey => {
    let length = bits.length;
    while (length > 0 && bits[length - 1] === 0) length--; // equal sets are equal whatever their room
    let hash = length;
    for (let at = 0; at < length; at++) hash = hashOf(hash, bits[at]!);
    let key = chains.first(hash);
    while (key >= 0 && !isSame(known[key]!, bits, length)) key = chains.next(key);
    if (key >= 0) return key;
    const own = bits.slice(0, length);
    known.push(own);
    origin.push(from);
    key = chains.add(hash);
    if (byBlock !== undefined) postKey(byBlock, key, own);
    return key;
  };
  return {
    intern,
    adding: (key, block) => {
      const bits = new Uint32Array(Math.max(known[key]!.length, (block >>> 5) + 1));
      bits.set(known[key]!);
      bits[block >>> 5]! |= 1 << (block & 31);
      return intern(bits, key);
    },
    has: (key, block) => (((known[key]?.[block >>> 5] ?? 0) >>> (block & 31)) & 1) === 1,
    count: () => known.length,
    keysOf: (block) => {
      if (byBlock === undefined) {
        byBlock = [];
        for (const [key, bits] of known.entries()) postKey(byBlock, key, bits);
      }
      return byBlock[block] ?? NO_KEYS;
    },
    earlier: (key, count) => {
      let current = key;
      while (current >= count) current = origin[current]!;
      return current;
    },
  };
}

function postKey(byBlock: AddressKey[][], key: AddressKey, bits: Uint32Array): void {
  for (const [word, value] of bits.entries()) {
    for (let left = value; left !== 0; left &= left - 1) {
      (byBlock[word * 32 + 31 - Math.clz32(left & -left)] ??= []).push(key);
    }
  }
}

function isSame(known: Uint32Array, bits: Uint32Array, length: number): boolean {
  if (known.length !== length) return false;
  for (let at = 0; at < length; at++) if (known[at] !== bits[at]) return false;
  return true;
}
