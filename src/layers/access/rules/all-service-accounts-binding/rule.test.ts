import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { group, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("of the cluster or of a namespace", () => {
  const subjects = [group("system:serviceaccounts"), group("system:serviceaccounts:shop"), group("ops")];
  expect(judge(rule, [roleBinding("shop", "a", "Role/r", subjects)]).found).toEqual([
    "RoleBinding/a: Group system:serviceaccounts",
    "RoleBinding/a: Group system:serviceaccounts:shop",
  ]);
});
