// Every distinct set of addresses some rule names, numbered.

import type { AddressSet } from "./address-set.ts";

export interface AddressBlocks {
  readonly add: (set: AddressSet) => number;
  readonly all: readonly AddressSet[];
}

export function createAddressBlocks(): AddressBlocks {
  const ids = new Map<string, number>();
  const all: AddressSet[] = [];
  return {
    all,
    add: (set) => {
      const key = set.join();
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, all.length);
      return all.push(set) - 1;
    },
  };
}
