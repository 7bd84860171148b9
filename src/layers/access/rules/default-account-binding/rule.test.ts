import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, roleBinding, user } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("the account, whatever its namespace", () => {
  const subjects = [account("shop", "default"), account("", "default"), account("shop", "cart"), user("default")];
  expect(judge(rule, [roleBinding("shop", "a", "Role/r", subjects)]).found).toEqual([
    "RoleBinding/a: ServiceAccount shop/default",
    "RoleBinding/a: ServiceAccount shop/default",
  ]);
});
