import fc from "fast-check";
import { expect, test } from "vitest";
import { momentText } from "./moment-text.ts";

test("a moment reads as ISO 8601 has it, to the minute", () => {
  const isIso = fc.property(
    fc.date({ min: new Date("1900-01-01"), max: new Date("2400-01-01"), noInvalidDate: true }),
    (date) => {
      expect(momentText(date.getTime())).toBe(`${date.toISOString().slice(0, 16).replace("T", " ")}Z`);
    },
  );
  fc.assert(isIso, { seed: 2 });
});
