import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRoleBinding, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("in a namespace only", () => {
  const there = roleBinding("shop", "a", "ClusterRole/cluster-admin", [account("shop", "cart")]);
  const everywhere = clusterRoleBinding("b", "cluster-admin", [account("shop", "cart")]);
  expect(judge(rule, [there, everywhere]).found).toEqual(["RoleBinding/a: "]);
});
