// A map that remembers what was asked for lately, in memory that does not grow: two generations, of which the older is
// let go when the newer is full. What is still in use moves into the newer.

export interface RecentMap<K, V> {
  readonly get: (key: K) => V | undefined;
  readonly set: (key: K, value: V) => void;
}

/** Holds between `most` and twice as many. `onForget` is called whenever a generation is let go. */
export function createRecentMap<K, V>(most: number, onForget: () => void = () => {}): RecentMap<K, V> {
  let current = new Map<K, Entry<K, V>>();
  let older = new Map<K, Entry<K, V>>();
  const put = (entry: Entry<K, V>): void => {
    if (current.size >= most) {
      older = current;
      current = new Map();
      onForget();
    }
    current.set(entry.key, entry);
  };
  return {
    get: (key) => {
      const entry = current.get(key);
      if (entry !== undefined) return entry.value;
      const earlier = older.get(key);
      // The key it was set with moves on, never the one asked with: that may be a slice of something large.
      if (earlier !== undefined) put(earlier);
      return earlier?.value;
    },
    set: (key, value) => put({ key, value }),
  };
}

interface Entry<K, V> {
  readonly key: K;
  readonly value: V;
}
