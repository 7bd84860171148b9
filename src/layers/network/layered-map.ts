// A large map with a few changes, without copying it: persistent in the sense of Driscoll et al. 1989, two layers deep.

/** Past this many changes for each square root of the entries, the layers are joined. */
const MOST_CHANGES = 2;
const FEW_CHANGES = 64;

interface LayeredMap<K, V> extends ReadonlyMap<K, V> {
  readonly base: ReadonlyMap<K, V>;
  readonly patch: ReadonlyMap<K, V | undefined>;
}

/**
 * The map after changes; a key without value is gone. The map itself stays as it is. New keys come last.
 * About O(changes + √entries).
 */
export function withChanges<K, V extends object | number>(
  map: ReadonlyMap<K, V>,
  changes: Iterable<readonly [K, V | undefined]>,
): ReadonlyMap<K, V> {
  const base = isLayered(map) ? map.base : map;
  const patch = new Map<K, V | undefined>(isLayered(map) ? map.patch : []);
  for (const [key, value] of changes) patch.set(key, value);
  if (patch.size <= Math.max(FEW_CHANGES, MOST_CHANGES * Math.sqrt(base.size))) return layered(base, patch);
  const joined = new Map(base);
  for (const [key, value] of patch) {
    if (value === undefined) joined.delete(key);
    else joined.set(key, value);
  }
  return joined;
}

function isLayered<K, V>(map: ReadonlyMap<K, V>): map is LayeredMap<K, V> {
  return "patch" in map;
}

function layered<K, V extends object | number>(
  base: ReadonlyMap<K, V>,
  patch: ReadonlyMap<K, V | undefined>,
): LayeredMap<K, V> {
  let size = base.size;
  for (const [key, value] of patch) size += (value === undefined ? 0 : 1) - (base.has(key) ? 1 : 0);
  function* entries(): MapIterator<[K, V]> {
    for (const [key, value] of base) {
      const current = patch.has(key) ? patch.get(key) : value;
      if (current !== undefined) yield [key, current];
    }
    for (const [key, value] of patch) if (value !== undefined && !base.has(key)) yield [key, value];
  }
  function* keys(): MapIterator<K> {
    for (const [key] of entries()) yield key;
  }
  function* values(): MapIterator<V> {
    for (const [, value] of entries()) yield value;
  }
  const map: LayeredMap<K, V> = {
    base,
    patch,
    size,
    get: (key) => (patch.has(key) ? patch.get(key) : base.get(key)),
    has: (key) => (patch.has(key) ? patch.get(key) !== undefined : base.has(key)),
    entries,
    keys,
    values,
    [Symbol.iterator]: entries,
    forEach: (visit) => {
      for (const [key, value] of entries()) visit(value, key, map);
    },
  };
  return map;
}
