// A map that is made when first asked: for what most runs never look up.

/** Stands for the map that `make` makes, once. */
export function deferredMap<K, V>(make: () => ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  let made: ReadonlyMap<K, V> | undefined;
  const map = (): ReadonlyMap<K, V> => (made ??= make());
  return {
    get size() {
      return map().size;
    },
    get: (key) => map().get(key),
    has: (key) => map().has(key),
    keys: () => map().keys(),
    values: () => map().values(),
    entries: () => map().entries(),
    [Symbol.iterator]: () => map().entries(),
    forEach: (visit) => map().forEach(visit),
  };
}
