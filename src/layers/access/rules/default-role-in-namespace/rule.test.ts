import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRoleBinding, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("edit, not view, and only in a namespace", () => {
  const subjects = [account("shop", "cart")];
  const bound = ["edit", "view"].map((name) => roleBinding("shop", name, `ClusterRole/${name}`, subjects));
  expect(judge(rule, [...bound, clusterRoleBinding("all", "edit", subjects)]).found).toEqual(["RoleBinding/edit: "]);
});
