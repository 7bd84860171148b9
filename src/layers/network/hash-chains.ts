// Numbered things found by a hash of small integers: equal ones are told apart from others by whoever asks, so that no
// text has to be made for a key.

export interface HashChains {
  /** The last number added with the hash; -1 when there is none. */
  readonly first: (hash: number) => number;
  /** The number added before this one with the same hash; -1 when there is none. */
  readonly next: (number: number) => number;
  /** The next number, from 0. */
  readonly add: (hash: number) => number;
}

export function createHashChains(): HashChains {
  const last = new Map<number, number>();
  const previous: number[] = [];
  return {
    first: (hash) => last.get(hash) ?? -1,
    next: (number) => previous[number] ?? -1,
    add: (hash) => {
      const number = previous.push(last.get(hash) ?? -1) - 1;
      last.set(hash, number);
      return number;
    },
  };
}

/** Mixes one more integer into a hash (the block step of MurmurHash3); a 32-bit integer. */
export function hashOf(hash: number, value: number): number {
  let mixed = Math.imul(value, 0xcc9e2d51);
  mixed = hash ^ Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
