import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { flowYaml } from "./flow-yaml.ts";

test("words stay words, numbers numbers, and nothing is written of what is absent", () => {
  expect(flowYaml({ podSelector: {}, ports: [{ port: 80 }, { port: "http" }], ingress: undefined, egress: null })).toBe(
    "{podSelector: {}, ports: [{port: 80}, {port: http}]}",
  );
  expect(flowYaml(["true", "10", "10.0.0.0/8", "app.kubernetes.io/name", "a b", ""])).toBe(
    '["true", "10", "10.0.0.0/8", app.kubernetes.io/name, "a b", ""]',
  );
});

test("a YAML reader reads the value again", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("yes", "no", "null", "~", "0x10", "1e3", "a: b", "- a", "#", "{", "y"),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof(text, fc.integer(), fc.boolean(), tie("list"), tie("map")),
    list: fc.array(tie("value"), { maxLength: 3 }),
    map: fc.dictionary(
      text.filter((name) => name !== "__proto__"),
      tie("value"),
      { maxKeys: 3, noNullPrototype: true },
    ),
  })).value;
  fc.assert(
    fc.property(value, (one) => {
      expect(load(flowYaml(one))).toEqual(one);
    }),
    { seed: 7 },
  );
});
