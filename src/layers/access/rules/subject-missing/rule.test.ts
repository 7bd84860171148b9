import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { account, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("where the input knows accounts of the namespace", () => {
  const subjects = [account("shop", "cart"), account("shop", "default"), account("other", "cart")];
  const binding = roleBinding("shop", "a", "Role/r", subjects);
  expect(judge(rule, [binding]).found).toEqual([]);
  expect(judge(rule, [objectOf("ServiceAccount", "web", {}, "shop"), binding]).found).toEqual([
    "RoleBinding/a: ServiceAccount shop/cart",
  ]);
});
