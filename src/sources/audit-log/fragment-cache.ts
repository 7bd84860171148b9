// What equal bytes mean is found once, as long as they come back.

import { createRecentMap } from "../../layers/access/minimize/recent-map.ts";

/** `undefined` for bytes that mean nothing here; those are not kept. */
export type FragmentCache<T> = (fragment: string) => T | undefined;

const MOST_FRAGMENTS = 20_000;

export function createFragmentCache<T>(decode: (fragment: string) => T | undefined): FragmentCache<T> {
  const known = createRecentMap<string, T>(MOST_FRAGMENTS);
  return (fragment) => {
    const found = known.get(fragment);
    if (found !== undefined) return found;
    const value = decode(fragment);
    if (value !== undefined) known.set(ownText(fragment), value);
    return value;
  };
}

/** A copy: a slice would keep the whole chunk it was cut from. */
function ownText(latin1: string): string {
  return Buffer.from(latin1, "latin1").toString("latin1");
}
