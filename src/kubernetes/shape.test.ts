import { expect, test } from "vitest";
import { array, boolean, integer, intOrString, map, narrow, object, quantity, string } from "./shape.ts";

const shape = object({
  a: string,
  n: integer,
  b: boolean,
  q: quantity,
  p: intOrString,
  list: array(object({ x: integer })),
  m: map(string),
});

test("null reads as absent, in every place", () => {
  expect(narrow(shape, { a: null, n: null, list: [null, { x: null }], m: { k: null } }).ok).toBe(true);
  expect(narrow(shape, null)).toEqual({ ok: true, value: {} });
});

test.each<[unknown, string]>([
  [{ a: 1 }, "a: expected string, found number"],
  [{ n: 1.5 }, "n: expected integer, found number 1.5"],
  [{ b: "true" }, "b: expected boolean, found string"],
  [{ q: true }, "q: expected quantity (string or number), found boolean"],
  [{ p: {} }, "p: expected integer or string, found object"],
  [{ list: {} }, "list: expected array, found object"],
  [{ list: [{ x: "1" }] }, "list.0.x: expected integer, found string"],
  [{ m: [] }, "m: expected object, found array"],
  [{ m: { k: 1 } }, "m.k: expected string, found number"],
  ["text", ": expected object, found string"],
])("%j: %s", (value, expected) => {
  const narrowed = narrow(shape, value);
  const problems = narrowed.ok ? [] : narrowed.problems;
  expect(
    problems.map(({ path, expected: wanted, found }) => `${path.join(".")}: expected ${wanted}, found ${found}`),
  ).toEqual([expected]);
});

test("unknown fields are ignored, and every problem is told", () => {
  const narrowed = narrow(shape, { unknown: 1, a: 1, b: 2 });
  expect(narrowed.ok ? 0 : narrowed.problems.length).toBe(2);
});
