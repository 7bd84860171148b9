import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("the later one, in the same namespace", () => {
  const subjects = [account("shop", "cart")];
  const all = [
    roleBinding("shop", "a", "Role/r", subjects),
    roleBinding("shop", "b", "Role/r", [account("", "cart"), account("shop", "web")]),
    roleBinding("shop", "c", "ClusterRole/r", subjects),
    roleBinding("other", "d", "Role/r", subjects),
  ];
  expect(judge(rule, all).found).toEqual(["RoleBinding/b: ServiceAccount shop/cart"]);
});
