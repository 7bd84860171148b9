import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, covers, intersect, isEqual, subtract, union } from "./interval-set.ts";

const set = fc.uniqueArray(fc.nat(40), { maxLength: 10 }).map((cuts) => {
  const sorted = cuts.toSorted((a, b) => a - b);
  return sorted.length % 2 === 0 ? sorted : sorted.slice(1);
});
const points = Array.from({ length: 42 }, (_, point) => point);

test("the algebra is that of sets of points", () => {
  fc.assert(
    fc.property(set, set, (a, b) => {
      const sets = { union: union(a, b), intersect: intersect(a, b), subtract: subtract(a, b) };
      for (const point of points) {
        const [inA, inB] = [contains(a, point), contains(b, point)];
        expect(contains(sets.union, point)).toBe(inA || inB);
        expect(contains(sets.intersect, point)).toBe(inA && inB);
        expect(contains(sets.subtract, point)).toBe(inA && !inB);
      }
      expect(covers(a, b)).toBe(points.every((point) => !contains(b, point) || contains(a, point)));
    }),
  );
});

test("equal sets have equal cuts: intervals never touch", () => {
  fc.assert(
    fc.property(set, set, (a, b) => {
      for (const result of [union(a, b), intersect(a, b), subtract(a, b)]) {
        expect(result.every((cut, index) => index === 0 || cut > (result[index - 1] ?? 0))).toBe(true);
      }
      expect(isEqual(subtract(union(a, b), subtract(b, a)), a)).toBe(true);
    }),
  );
});

test("numbers and bigints mix on one line", () => {
  expect(union<number | bigint>([1, 5], [3, 9n])).toEqual([1, 9n]);
  expect(intersect<number | bigint>([1, 9n], [3, 5, 8n, 20n])).toEqual([3, 5, 8n, 9n]);
});
