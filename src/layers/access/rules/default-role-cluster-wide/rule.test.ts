import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRoleBinding, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("edit and admin everywhere, not view, not in one namespace", () => {
  const subjects = [account("shop", "cart")];
  const bound = ["admin", "edit", "view"].map((name) => clusterRoleBinding(`all-${name}`, name, subjects));
  const there = roleBinding("shop", "one", "ClusterRole/edit", subjects);
  expect(judge(rule, [...bound, there]).found).toEqual([
    "ClusterRoleBinding/all-admin: ",
    "ClusterRoleBinding/all-edit: ",
  ]);
});
