import fc from "fast-check";
import { expect, test } from "vitest";
import { risingOrder } from "./rising-order.ts";

const LENGTH = 3000;

test("positions come in rising order, however many there are and however they were touched", () => {
  const positions = fc.oneof(
    fc.uniqueArray(fc.nat(LENGTH - 1), { maxLength: 40 }),
    fc.uniqueArray(fc.nat(LENGTH - 1), { minLength: 500, maxLength: 1500, size: "max" }),
  );
  const runs = fc.array(fc.nat(200), { maxLength: 6 });
  fc.assert(
    fc.property(positions, runs, (drawn, lengths) => {
      // The first positions in rising runs of the lengths, the rest as they were drawn.
      let start = 0;
      const sorted = lengths.flatMap((length) => drawn.slice(start, (start += length)).sort((a, b) => a - b));
      const touched = [...sorted, ...drawn.slice(start)];
      const stamps = new Int32Array(LENGTH);
      const cells = new Int32Array(LENGTH);
      for (const position of touched) {
        stamps[position] = 7;
        cells[position] = position % 3;
      }
      const kept = drawn.filter((position) => position % 3 !== 1).sort((a, b) => a - b);
      expect([...risingOrder(Int32Array.from(touched), stamps, 7, cells, 1)]).toEqual(kept);
    }),
    { seed: 5 },
  );
});
