import fc from "fast-check";
import { expect, test } from "vitest";
import { createJsonEnd } from "./json-end.ts";

/** Takes line after line, until the value ends or cannot. */
function endOf(text: string): readonly [kind: string, line: number, at: number] {
  const json = createJsonEnd();
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const found = json.take(line, 0, line.length);
    if (found.kind !== "open") return [found.kind, index + 1, found.kind === "closed" ? found.at : -1];
  }
  return ["open", lines.length, -1];
}
const value = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));

test("a value ends where it ends, whatever follows", () => {
  fc.assert(
    fc.property(value, fc.constantFrom(0, 1, 4, "\t"), fc.constantFrom("", " ", "{", "x", '"'), (one, indent, more) => {
      const text = JSON.stringify(one, null, indent);
      const lines = text.split("\n");
      expect(endOf(text + more)).toEqual(["closed", lines.length, lines.at(-1)?.length]);
    }),
    { numRuns: 1000, seed: 8 },
  );
});

test("no beginning of a value ends", () => {
  fc.assert(
    fc.property(value, fc.nat(), (one, cut) => {
      const text = JSON.stringify(one, null, 1);
      expect(endOf(text.slice(0, cut % text.length))[0]).not.toBe("closed");
    }),
    { numRuns: 1000, seed: 8 },
  );
});

test.each([
  ['{"a":1\n{"b":2}', 2],
  ['{"a":\n{"b":2}\n{"c":3}', 3],
  ['{"a":[1,\n{"b":2}}', 2],
  ['{"a"\n"b"', 2],
  ["{,}", 1],
  ["[1,]", 1],
  ['{"a":1,}', 1],
  ["[}", 1],
  ["[nul]", 1],
  ["[01]", 1],
  ['{"a\n":1}', 1],
])("%j breaks in line %i", (text, line) => {
  expect(endOf(text).slice(0, 2)).toEqual(["broken", line]);
});

test("depth is no matter", () => {
  const depth = 1_000_000;
  expect(endOf("[".repeat(depth) + "]".repeat(depth))).toEqual(["closed", 1, 2 * depth]);
});
