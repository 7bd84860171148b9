import fc from "fast-check";
import { expect, test } from "vitest";
import { holdingKey, type Holding } from "./holding.ts";
import { createInterner } from "./interner.ts";

const name = fc.constantFrom("a", "b", "a/b", "", "*");
const holding: fc.Arbitrary<Holding> = fc.oneof(
  fc.record({ kind: fc.constantFrom("user" as const, "group" as const), name }),
  fc.record({ kind: fc.constant("pod" as const), pod: name }),
  fc.record({ kind: fc.constant("container" as const), pod: name, container: name }),
  fc.record({ kind: fc.constantFrom("node" as const, "node-files" as const), node: name }),
  fc.record({ kind: fc.constant("secret" as const), namespace: name, name }),
  fc.record({ kind: fc.constantFrom("secrets" as const, "pods" as const), namespace: name }),
  fc.record({ kind: fc.constant("any-node" as const) }),
);

test("two holdings have one number exactly when they are equal", () => {
  fc.assert(
    fc.property(fc.array(holding, { maxLength: 40 }), (list) => {
      const { holdings, intern, find } = createInterner();
      for (const one of list) {
        const before = find(one);
        const number = intern(one);
        expect(before === -1 || before === number).toBe(true);
        expect(find(one)).toBe(number);
        expect(holdingKey(holdings[number] as Holding)).toBe(holdingKey(one)); // just numbered
      }
      expect(holdings.length).toBe(new Set(list.map(holdingKey)).size);
    }),
  );
});
