import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesAnyGlob, matchesEverything, matchesGlob } from "./glob.ts";

test.each([
  ["cart", "cart", true],
  ["cart", "cart-2", false],
  ["cart*", "cart", true],
  ["*-exporter", "node-exporter", true],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "acb", false],
  ["ab*ba", "aba", false],
  ["**", "", true],
  ["", "", true],
  ["", "x", false],
  ["a.c", "abc", false],
])("%j against %j is %s", (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test("agrees with the regular expression it stands for", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "*", "."), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (pattern, name) => {
      const expression = pattern
        .split("*")
        .map((piece) => piece.replaceAll(".", "\\."))
        .join(".*");
      expect(matchesGlob(pattern, name)).toBe(new RegExp(`^${expression}$`, "s").test(name));
    }),
    { seed: 4, numRuns: 2000 },
  );
});

test("a pattern with many stars takes no more than linear time for each", () => {
  expect(matchesGlob("*a".repeat(200), "a".repeat(100_000))).toBe(true);
  expect(matchesGlob(`${"*a".repeat(200)}b`, "a".repeat(100_000))).toBe(false);
});

test("no patterns match everything, and so does a star", () => {
  expect(matchesAnyGlob([], "x")).toBe(true);
  expect([[], ["*"], ["a", "**"], ["a*"]].map(matchesEverything)).toEqual([true, true, true, false]);
});
