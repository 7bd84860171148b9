import fc from "fast-check";
import { expect, test } from "vitest";
import { interned, internedPath, internedValues } from "./interned.ts";

test("what comes back is equal, also when the tables are full and start anew", () => {
  for (let index = 0; index < 50_000; index++) interned(`filler-${index}`);
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.nat(9))),
      fc.dictionary(fc.string(), fc.option(fc.string())),
      (text, path, values) => {
        expect(interned(text)).toBe(text);
        expect(internedPath(path)).toEqual(path);
        expect(internedValues(values)).toEqual(values);
      },
    ),
    { seed: 3 },
  );
});

test("equal paths are one", () => {
  expect(internedPath(["spec", "containers", 0])).toBe(internedPath(["spec", "containers", 0]));
  expect(internedPath(["spec", "containers", 0])).not.toBe(internedPath(["spec", "containers", "0"]));
});
