import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { commentedYaml } from "./commented-yaml.ts";

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("yes", "0x1F", "1e3", "2026-11-25", "null", "~", "10.0.0.0/8", "::/0", "a: b", "- x", "#", " a"),
    fc.integer(),
    fc.boolean(),
    fc.array(tie("object"), { maxLength: 3 }),
    fc.array(fc.string(), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

test("what is written is read back as it was", () => {
  const roundTrip = fc.property(value.object, (object) => {
    fc.pre(Object.keys(object as object).length > 0 && !JSON.stringify(object).includes("__proto__"));
    expect(load(commentedYaml(object as object, new Map()))).toEqual(object);
  });
  fc.assert(roundTrip, { seed: 1, numRuns: 500 });
});

test("comments stand above what they are about and change nothing", () => {
  const object = { spec: { ingress: [{ from: [{ podSelector: {} }, { podSelector: { a: "b" } }] }] } };
  const comments = new Map([
    ["spec.ingress.0", ["why the rule"]],
    ["spec.ingress.0.from.1", ["why the peer\nkind: Secret"]],
  ]);
  const text = commentedYaml(object, comments);
  expect(load(text)).toEqual(object);
  expect(text).toBe(
    [
      "spec:",
      "  ingress:",
      "    # why the rule",
      "    - from:",
      "        - podSelector: {}",
      "        # why the peer\\u000akind: Secret",
      "        - podSelector:",
      "            a: b",
      "",
    ].join("\n"),
  );
});
