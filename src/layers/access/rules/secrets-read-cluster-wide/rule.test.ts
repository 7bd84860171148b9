import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import type { StoredPolicyRule } from "../../../../kubernetes/rbac.ts";
import { account, clusterRole, clusterRoleBinding, roleBinding, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const judged = (given: StoredPolicyRule) =>
  judge(rule, [clusterRole("cart", [given]), clusterRoleBinding("cart", "cart", [account("shop", "cart")])]).found;

test("the right counts, also through wildcards", () => {
  for (const one of [given(["list"], ["secrets"]), given(["get"], ["*"])])
    expect(judged(one)).toEqual(["ClusterRole/cart: "]);
});

test("other rights do not", () => {
  for (const one of [
    given(["get"], ["secrets"], { apiGroups: [""], resourceNames: ["one"] }),
    given(["list"], ["pods"]),
  ])
    expect(judged(one)).toEqual([]);
});

test("a RoleBinding does not give it", () => {
  const bound = roleBinding("shop", "cart", "ClusterRole/cart", [account("shop", "cart")]);
  expect(judge(rule, [clusterRole("cart", [given(["list"], ["secrets"])]), bound]).found).toEqual([]);
});
