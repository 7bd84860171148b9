// Members of units as numbers, and numbers for one or several of them: what is alike is worked out once.

import type { Face } from "./end.ts";

const FAMILY_CODES = { any: 0, 4: 1, 6: 2 } as const;
const VIEW_CODES = { any: 0, pod: 1, node: 2 } as const;

/** A number for `number` (of an end, a row, a profile) seen in a member's way: equal for equal ones. */
export function memberCode(number: number, { family, view }: Pick<Face, "family" | "view">): number {
  return number * 16 + FAMILY_CODES[family] * 4 + VIEW_CODES[view];
}

/** Numbers lists of codes, equal ones alike: 0, 1, 2 … */
export interface CodeNumbers {
  /** A single code, which is usual, needs no text. */
  readonly ofOne: (code: number) => number;
  readonly of: (codes: readonly number[]) => number;
  readonly count: () => number;
}

export function createCodeNumbers(): CodeNumbers {
  const single = new Map<number, number>();
  const several = new Map<string, number>();
  let count = 0;
  const numberIn = <K>(map: Map<K, number>, key: K): number => {
    let number = map.get(key);
    if (number === undefined) map.set(key, (number = count++));
    return number;
  };
  return {
    ofOne: (code) => numberIn(single, code),
    of: (codes) => (codes.length === 1 ? numberIn(single, codes[0] ?? 0) : numberIn(several, codes.join())),
    count: () => count,
  };
}
