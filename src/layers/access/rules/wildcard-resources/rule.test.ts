import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { role, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const judged = (rules: Parameters<typeof role>[2]) => judge(rule, [role("shop", "cart", rules)]).found;

test("a star counts, a list does not", () => {
  expect(judged([given(["get"], ["*"])])).toEqual(["Role/cart: "]);
  expect(judged([given(["get"], ["widgets", "*/status"])])).toEqual([]);
});

test("full control is a finding of its own", () => {
  expect(judged([given(["*"], ["*"], { apiGroups: ["*"] })])).toEqual([]);
});
