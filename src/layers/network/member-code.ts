// Members of units as numbers, and values found by one or several of them: what is alike is worked out once.

import type { Face } from "./end.ts";

const FAMILY_CODES = { any: 0, 4: 1, 6: 2 } as const;
const VIEW_CODES = { any: 0, pod: 1, node: 2 } as const;

/** A number for `number` (of an end, a row, a profile) seen in a member's way: equal for equal ones. */
export function memberCode(number: number, { family, view }: Pick<Face, "family" | "view">): number {
  return number * 16 + FAMILY_CODES[family] * 4 + VIEW_CODES[view];
}

/** Collects values by one or several numbers; a single number, which is usual, needs no text. */
export function createCodeMap<V>(make: () => V): (codes: readonly number[]) => V {
  const single = new Map<number, V>();
  const several = new Map<string, V>();
  const get = <K>(map: Map<K, V>, key: K): V => {
    let value = map.get(key);
    if (value === undefined) map.set(key, (value = make()));
    return value;
  };
  return (codes) => (codes.length === 1 ? get(single, codes[0] ?? 0) : get(several, codes.join()));
}
