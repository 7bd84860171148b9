// The addresses an end of a connection may have: those of one pod, of the pods of a workload, a range, or unknown.

import type { AddressKey } from "./address-atoms.ts";

export interface AddressGroup {
  readonly id: number;
  /** Rising, without doubles; never empty. */
  readonly keys: readonly AddressKey[];
  /** One of the keys, nobody knows which; otherwise each of them is there. */
  readonly isUnknown: boolean;
}

export interface AddressGroups {
  readonly group: (keys: Iterable<AddressKey>, isUnknown?: boolean) => AddressGroup;
}

export function createAddressGroups(): AddressGroups {
  const known = new Map<string, AddressGroup>();
  return {
    group: (keys, isUnknown = false) => {
      const list = [...new Set(keys)].toSorted((a, b) => a - b);
      const openly = isUnknown && list.length > 1; // all addresses alike: no question left
      const name = `${openly ? "?" : ""}${list.join()}`;
      const found = known.get(name) ?? { id: known.size, keys: list, isUnknown: openly };
      known.set(name, found);
      return found;
    },
  };
}
