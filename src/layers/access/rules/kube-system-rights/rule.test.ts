import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, role, roleBinding, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const subjects = [account("shop", "cart"), account("kube-system", "own")];

test("powers, to those of other namespaces", () => {
  const judged = (verbs: readonly string[], resource: string) =>
    judge(rule, [
      role("kube-system", "r", [given(verbs, [resource])]),
      roleBinding("kube-system", "a", "Role/r", subjects),
    ]).found;
  expect(judged(["patch"], "pods/log")).toEqual([]);
  expect(judged(["delete"], "pods")).toEqual(["RoleBinding/a: ServiceAccount shop/cart"]);
  expect(judged(["get"], "pods")).toEqual([]);
});
