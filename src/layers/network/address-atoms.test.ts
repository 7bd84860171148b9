import fc from "fast-check";
import { expect, test } from "vitest";
import { cutAddresses } from "./address-atoms.ts";
import type { AddressSet } from "./address-set.ts";
import { parseAddress } from "./address.ts";
import { contains, union } from "./interval-set.ts";

const point = fc.oneof(
  fc.nat(40),
  fc.nat(40).map((low) => ((parseAddress("fd00::")?.point ?? 0n) as bigint) + BigInt(low)), // IPv6 points are bigints
);
const range: fc.Arbitrary<AddressSet> = fc.tuple(point, point).map(([a, b]) => (a < b ? [a, b] : a > b ? [b, a] : []));
const block = fc.array(range, { minLength: 1, maxLength: 3 }).map((parts) => parts.reduce<AddressSet>(union, []));
const blocks = fc.array(block, { maxLength: 40 });
const RUNS = { seed: 9, numRuns: 200 };

test("an address is in the blocks that hold it, however the line was cut", () => {
  fc.assert(
    fc.property(blocks, blocks, blocks, fc.array(point, { maxLength: 30 }), (first, second, third, points) => {
      const atoms = cutAddresses(first).with(second).with(third);
      const all = [...first, ...second, ...third];
      const whole = cutAddresses(all);
      for (const one of points) {
        const key = atoms.keyOf(one);
        for (const [number, set] of all.entries()) {
          expect(atoms.isInBlock(key, number)).toBe(contains(set, one));
          expect(atoms.keysOfBlock(number).includes(key)).toBe(contains(set, one));
          expect(whole.isInBlock(whole.keyOf(one), number)).toBe(contains(set, one));
        }
      }
    }),
    RUNS,
  );
});

test("a key of later cuts is in the same earlier blocks as the key it was split from", () => {
  fc.assert(
    fc.property(blocks, blocks, blocks, fc.array(point, { maxLength: 30 }), (first, second, third, points) => {
      const start = cutAddresses(first);
      const count = start.keyCount;
      const middle = start.with(second);
      const middleCount = middle.keyCount;
      const end = middle.with(third);
      for (const one of points) {
        const key = end.keyOf(one);
        expect(end.earlier(key, count)).toBe(start.keyOf(one));
        const earlier = end.earlier(key, middleCount);
        for (const [number, set] of [...first, ...second].entries()) {
          expect(end.isInBlock(earlier, number)).toBe(contains(set, one));
        }
      }
    }),
    RUNS,
  );
});

test("worlds that cut the same line differently share keys", () => {
  const base = cutAddresses([[0, 100]]);
  const wide = base.with([[10, 50]]);
  const both = base.with([
    [10, 50],
    [20, 30],
  ]);
  expect(both.keyOf(12)).toBe(wide.keyOf(12));
  expect(both.isInBlock(both.keyOf(25), 1) && both.isInBlock(both.keyOf(25), 2)).toBe(true);
  expect(both.earlier(both.keyOf(25), wide.keyOf(12) + 1)).toBe(wide.keyOf(12));
});
