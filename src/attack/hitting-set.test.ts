// The smallest hitting set against every subset of few elements.

import fc from "fast-check";
import { expect, it } from "vitest";
import { minimumHittingSet } from "./hitting-set.ts";

const ELEMENTS = 10;

const sets = fc.array(
  fc.uniqueArray(fc.nat({ max: ELEMENTS - 1 }), { minLength: 1, maxLength: 4 }).map((one) => [...one]),
  { maxLength: 14 },
);
const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: ELEMENTS, maxLength: ELEMENTS });

it("meets every set with the least weight there is", () => {
  fc.assert(
    fc.property(sets, weights, (given, weight) => {
      const weightOf = (element: number): number => weight[element] ?? 0;
      const { chosen, atLeast } = minimumHittingSet(given, weightOf);
      expect(given.every((set) => set.some((element) => chosen.includes(element)))).toBe(true);
      expect(new Set(chosen).size).toBe(chosen.length);
      expect(atLeast).toBe(chosen.length);
      expect(weightOfAll(chosen, weightOf)).toBe(leastWeight(given, weightOf));
    }),
    { seed: 8, numRuns: 400 },
  );
});

it("proves what it can where there is too much to search", () => {
  const pairs = Array.from({ length: 3 * 41 }, (_, index) => [index, (index * 7 + 3) % 123, (index * 31 + 11) % 123]);
  const { chosen, atLeast } = minimumHittingSet(pairs, () => 1);
  expect(pairs.every((set) => set.some((element) => chosen.includes(element)))).toBe(true);
  expect(atLeast).toBeGreaterThan(0);
  expect(atLeast).toBeLessThanOrEqual(chosen.length);
});

function leastWeight(given: readonly (readonly number[])[], weightOf: (element: number) => number): number {
  let least = Infinity;
  for (let subset = 0; subset < 2 ** ELEMENTS; subset++) {
    const chosen = Array.from({ length: ELEMENTS }, (_, element) => element).filter(
      (element) => (subset >> element) % 2 === 1,
    );
    if (given.every((set) => set.some((element) => chosen.includes(element))))
      least = Math.min(least, weightOfAll(chosen, weightOf));
  }
  return least;
}

function weightOfAll(elements: readonly number[], weightOf: (element: number) => number): number {
  return elements.reduce((sum, element) => sum + weightOf(element), 0);
}
