import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import type { StoredPolicyRule } from "../../../../kubernetes/rbac.ts";
import { account, role, roleBinding, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const judged = (given: StoredPolicyRule) =>
  judge(rule, [role("shop", "cart", [given]), roleBinding("shop", "cart", "Role/cart", [account("shop", "cart")])])
    .found;

test("the right counts, also through wildcards", () => {
  for (const one of [given(["create"], ["serviceaccounts/token"]), given(["*"], ["*/token"])])
    expect(judged(one)).toEqual(["Role/cart: "]);
});

test("other rights do not", () => {
  for (const one of [
    given(["create"], ["serviceaccounts/token"], { apiGroups: [""], resourceNames: ["cart"] }),
    given(["create"], ["serviceaccounts"]),
    given(["get"], ["serviceaccounts/token"]),
  ])
    expect(judged(one)).toEqual([]);
});

test("full control is a finding of its own", () => {
  expect(judged(given(["*"], ["*"], { apiGroups: ["*"] }))).toEqual([]);
});
