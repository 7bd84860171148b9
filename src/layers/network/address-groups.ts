// The addresses an end of a connection may have: those of one pod, of the pods of a workload, a range, or unknown.

import type { AddressAtoms, AddressKey } from "./address-atoms.ts";
import type { AddressFamily } from "./address.ts";
import { EVERY_FOUR, EVERY_SIX, ofFamily, type AddressSet } from "./address-set.ts";
import { isEmpty } from "./interval-set.ts";

export interface AddressGroup {
  readonly id: number;
  /** Rising, without doubles; never empty. */
  readonly keys: readonly AddressKey[];
  /** One of the keys, nobody knows which; otherwise each of them is there. */
  readonly isUnknown: boolean;
}

export interface AddressGroups {
  /** The group of one key. */
  readonly single: (key: AddressKey) => AddressGroup;
  readonly group: (keys: Iterable<AddressKey>, isUnknown?: boolean) => AddressGroup;
}

export function createAddressGroups(): AddressGroups {
  const known = new Map<string, AddressGroup>();
  const singles: (AddressGroup | undefined)[] = [];
  let count = 0;
  const single = (key: AddressKey): AddressGroup => (singles[key] ??= { id: count++, keys: [key], isUnknown: false });
  return {
    single,
    group: (keys, isUnknown = false) => {
      const list = [...new Set(keys)].toSorted((a, b) => a - b);
      if (list.length === 1) return single(list[0] ?? 0);
      const openly = isUnknown && list.length > 1; // all addresses alike: no question left
      const name = `${openly ? "?" : ""}${list.join()}`;
      const found = known.get(name);
      if (found !== undefined) return found;
      const made = { id: count++, keys: list, isUnknown: openly };
      known.set(name, made);
      return made;
    },
  };
}

/** The addresses that a pod without a known one may have; `isHost`: it uses its node's. */
export type UnknownAddress = (isHost: boolean, family: AddressFamily | undefined) => AddressGroup;

/**
 * Pods' addresses lie in `podCidrs` where they are given (and have the family), else anywhere in the family, IPv4 if
 * none is asked for.
 */
export function createUnknownAddress(
  groups: AddressGroups,
  atoms: AddressAtoms,
  podCidrs: AddressSet | undefined,
): UnknownAddress {
  const known: (AddressGroup | undefined)[] = [];
  return (isHost, family) => {
    const place = (family ?? 0) + (isHost ? 1 : 0);
    const found = known[place];
    if (found !== undefined) return found;
    const all = isHost || podCidrs === undefined ? [] : podCidrs;
    const given = family === undefined ? all : ofFamily(all, family);
    const set = isEmpty(given) ? (family === 6 ? EVERY_SIX : EVERY_FOUR) : given;
    const made = groups.group(atoms.keysWithin(set), true);
    known[place] = made;
    return made;
  };
}
