import fc from "fast-check";
import { expect, test } from "vitest";
import { withChanges } from "./layered-map.ts";

const changes = fc.array(fc.tuple(fc.nat(30), fc.option(fc.nat(9), { nil: undefined })), { maxLength: 12 });

test("a map with changes is the map that was changed, however often", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(9))), fc.array(changes, { maxLength: 20 }), (first, rounds) => {
      const plain = new Map(first);
      let map: ReadonlyMap<number, number> = new Map(first);
      for (const round of rounds) {
        const before = new Map(map);
        const next = withChanges(map, round);
        expect(new Map(map)).toEqual(before);
        for (const [key, value] of round) {
          if (value === undefined) plain.delete(key);
          else plain.set(key, value);
        }
        map = next;
        expect(new Map(map)).toEqual(plain);
        expect([map.size, new Set(map.keys()), [...map.values()].toSorted((a, b) => a - b)]).toEqual([
          plain.size,
          new Set(plain.keys()),
          [...plain.values()].toSorted((a, b) => a - b),
        ]);
        for (let key = 0; key <= 30; key++)
          expect([map.has(key), map.get(key)]).toEqual([plain.has(key), plain.get(key)]);
      }
    }),
    { seed: 5, numRuns: 100 },
  );
});

test("very many changes are joined into one map", () => {
  let map: ReadonlyMap<number, number> = new Map();
  for (let key = 0; key < 1000; key++) map = withChanges(map, [[key, key]]);
  expect([map.size, map.get(0), map.get(999), [...map.keys()].length]).toEqual([1000, 0, 999, 1000]);
});
