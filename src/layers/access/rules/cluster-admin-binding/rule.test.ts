import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { account, clusterRoleBinding, group, roleBinding } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("beside the one for system:masters", () => {
  const own = clusterRoleBinding("cluster-admin", "cluster-admin", [group("system:masters")]);
  const more = clusterRoleBinding("ops", "cluster-admin", [account("ops", "tool")]);
  expect(judge(rule, [own, more]).found).toEqual(["ClusterRoleBinding/ops: "]);
});

test("a RoleBinding gives a namespace only", () => {
  const there = roleBinding("shop", "a", "ClusterRole/cluster-admin", [account("shop", "cart")]);
  expect(judge(rule, [there]).found).toEqual([]);
});
