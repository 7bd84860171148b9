import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRoleBinding, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("an account without a namespace is that of the binding, if it has one", () => {
  const subjects = [account("", "cart"), { kind: "user", name: "alice" }];
  expect(judge(rule, [clusterRoleBinding("a", "view", subjects)]).found).toHaveLength(2);
  expect(judge(rule, [roleBinding("shop", "a", "Role/r", subjects)]).found).toEqual(["RoleBinding/a: user alice"]);
});
