import { expect, test } from "vitest";
import { fillTemplate } from "./message.ts";

test.each([
  ["{n} {n|object|objects} in {file}", { n: 2, file: "a.yaml" }, "2 objects in a.yaml"],
  ["{n} {n|object|objects}", { n: 1 }, "1 object"],
  ["no placeholder", {}, "no placeholder"],
  ["{missing} stays", {}, "{missing} stays"],
  ["{a}{b}", { a: "{b}", b: "$&" }, "{b}$&"],
  ["", { a: 1 }, ""],
  ["{a b} and {}", { a: 1 }, "{a b} and {}"],
])("%j", (template, values, expected) => {
  expect(fillTemplate(template, values)).toBe(expected);
  expect(fillTemplate(template, values)).toBe(expected);
});
