// A map that remembers so much and no more. When it is full, new keys pass by: where every key is new, remembering them
// would cost more than it saves. After very many of them it starts afresh.

export interface BoundedMemory<K, V> {
  readonly get: (key: K) => V | undefined;
  /** Whether the key would be kept. */
  readonly hasRoom: () => boolean;
  readonly set: (key: K, value: V) => void;
}

const PASSED_BY_PER_ENTRY = 8;

export function createBoundedMemory<K, V>(most: number): BoundedMemory<K, V> {
  const entries = new Map<K, V>();
  let passedBy = 0;
  const hasRoom = (): boolean => {
    if (entries.size < most) return true;
    if (++passedBy < most * PASSED_BY_PER_ENTRY) return false;
    passedBy = 0;
    entries.clear();
    return true;
  };
  return {
    get: (key) => entries.get(key),
    hasRoom,
    set: (key, value) => void entries.set(key, value),
  };
}
