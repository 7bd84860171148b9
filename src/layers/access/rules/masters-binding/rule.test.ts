import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRoleBinding, group, user } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("the group, not a user of that name", () => {
  const subjects = [user("system:masters"), group("system:masters")];
  expect(judge(rule, [clusterRoleBinding("a", "view", subjects)]).found).toEqual([
    "ClusterRoleBinding/a: Group system:masters",
  ]);
});

test("Kubernetes' own binding is none", () => {
  expect(judge(rule, [clusterRoleBinding("cluster-admin", "cluster-admin", [group("system:masters")])]).found).toEqual(
    [],
  );
});
