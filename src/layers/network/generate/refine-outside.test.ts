import fc from "fast-check";
import { expect, test } from "vitest";
import { FAMILY_BORDER, type AddressPoint } from "../address.ts";
import type { AddressSet } from "../address-set.ts";
import { contains, union } from "../interval-set.ts";
import type { OutsideRange } from "../outside.ts";
import { portRange } from "../port-set.ts";
import { refineOutside } from "./refine-outside.ts";

const POINTS: readonly AddressPoint[] = [0, 1, 2, 3, 0xffffffff, FAMILY_BORDER, FAMILY_BORDER + 1n, FAMILY_BORDER + 2n];
const END = FAMILY_BORDER + 3n;

/** Each point of the line with a number below `most`, as sets by number. */
function partition(most: number): fc.Arbitrary<readonly AddressSet[]> {
  return fc
    .array(fc.nat(most), { minLength: POINTS.length, maxLength: POINTS.length })
    .map((numbers) =>
      Array.from({ length: most }, (_, number) =>
        POINTS.flatMap((point, at) =>
          numbers[at] === number ? [[point, POINTS[at + 1] ?? END] as AddressSet] : [],
        ).reduce<AddressSet>(union, []),
      ),
    );
}

test("every address is told with what is open and what is expected there", () => {
  fc.assert(
    fc.property(partition(2), partition(3), partition(3), (open, some, others) => {
      const ranges: readonly OutsideRange[] = open.map((addresses, at) => ({ addresses, outcome: at + 1 }));
      const expected = [...some, ...others].map((set, at) => ({ set, ports: portRange("TCP", at + 1, at + 1) }));
      const refined = refineOutside(ranges, expected);
      const hasSix = ranges.some(({ addresses }) => POINTS.slice(5).some((point) => contains(addresses, point)));
      for (const point of POINTS) {
        const here = refined.filter(({ addresses }) => contains(addresses, point));
        const range = ranges.find(({ addresses }) => contains(addresses, point));
        const wanted = expected.filter(({ set }) => contains(set, point));
        const isTold = range !== undefined || (wanted.length > 0 && (hasSix || point < FAMILY_BORDER));
        const ports = wanted.reduce<readonly number[]>((set, one) => union(set, one.ports), []);
        expect(here.map((one) => [one.outcome, one.ports])).toEqual(isTold ? [[range?.outcome ?? 0, ports]] : []);
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});
