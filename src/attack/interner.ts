// Numbers for holdings, equal for equal ones. A large graph asks a million times: kinds with one or two names are looked
// up by the names themselves, so that no key is put together for them.

import { holdingKey, type Holding } from "./holding.ts";

export interface Interner {
  readonly holdings: readonly Holding[];
  /** The number of the holding, a new one where it is new. */
  readonly intern: (holding: Holding) => number;
  /** The number of the holding, or -1. */
  readonly find: (holding: Holding) => number;
}

type Names = Map<string, number>;

export function createInterner(): Interner {
  const holdings: Holding[] = [];
  const byName = new Map<Holding["kind"], Names>();
  const byPair = new Map<Holding["kind"], Map<string, Names>>();
  const byKey: Names = new Map();

  const place = (holding: Holding, isNew: boolean): { readonly names: Names | undefined; readonly name: string } => {
    switch (holding.kind) {
      case "user":
      case "group":
        return { names: entryOf(byName, holding.kind, isNew), name: holding.name };
      case "pod":
        return { names: entryOf(byName, holding.kind, isNew), name: holding.pod };
      case "node":
        return { names: entryOf(byName, holding.kind, isNew), name: holding.node };
      case "container":
        return { names: pairOf(holding.kind, holding.pod, isNew), name: holding.container };
      case "secret":
        return { names: pairOf(holding.kind, holding.namespace, isNew), name: holding.name };
      default:
        return { names: byKey, name: holdingKey(holding) };
    }
  };
  const pairOf = (kind: Holding["kind"], first: string, isNew: boolean): Names | undefined => {
    const pairs = entryOf(byPair, kind, isNew);
    return pairs && entryOf(pairs, first, isNew);
  };
  return {
    holdings,
    intern: (holding) => {
      const { names, name } = place(holding, true);
      const known = names?.get(name);
      if (known !== undefined) return known;
      names?.set(name, holdings.length);
      return holdings.push(holding) - 1;
    },
    find: (holding) => {
      const { names, name } = place(holding, false);
      return names?.get(name) ?? -1;
    },
  };
}

function entryOf<K, V>(map: Map<K, Map<string, V>>, key: K, isNew: boolean): Map<string, V> | undefined {
  const known = map.get(key);
  if (known !== undefined || !isNew) return known;
  const made = new Map<string, V>();
  map.set(key, made);
  return made;
}
