import fc from "fast-check";
import { expect, test } from "vitest";
import { intoBuckets } from "./buckets.ts";

test("every number is in its bucket, in rising order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), (bucketOf) => {
      const { start, items } = intoBuckets(Int32Array.from(bucketOf), 6);
      const lists = Array.from({ length: 6 }, (_, bucket) => [...items.subarray(start[bucket], start[bucket + 1])]);
      expect(lists).toEqual(lists.map((_, bucket) => [...bucketOf.keys()].filter((item) => bucketOf[item] === bucket)));
    }),
    { seed: 5 },
  );
});
