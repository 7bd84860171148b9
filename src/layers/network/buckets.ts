// Numbers sorted into numbered buckets: two flat arrays in place of a list for each.

export interface Buckets {
  /** What is in a bucket, rising: `items[start[bucket] … start[bucket + 1])`. */
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Sorts 0, 1, 2 … into the buckets that `bucketOf` gives them. Linear. */
export function intoBuckets(bucketOf: Int32Array, count: number): Buckets {
  const start = new Int32Array(count + 1);
  for (let item = 0; item < bucketOf.length; item++) start[bucketOf[item]! + 1]! += 1;
  for (let bucket = 0; bucket < count; bucket++) start[bucket + 1]! += start[bucket]!;
  const next = start.slice();
  const items = new Int32Array(bucketOf.length);
  for (let item = 0; item < items.length; item++) items[next[bucketOf[item]!]!++] = item;
  return { start, items };
}
