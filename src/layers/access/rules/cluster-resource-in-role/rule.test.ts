import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRole, role, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

test("nodes in a Role, not in a ClusterRole", () => {
  const rules = [given(["get"], ["nodes", "nodes/metrics", "pods", "namespaces", "widgets"])];
  const { findings } = judge(rule, [role("shop", "a", rules), clusterRole("b", rules)]);
  expect(findings.map(({ resource, evidence }) => [resource.name, evidence.map(({ value }) => value)])).toEqual([
    ["a", ["nodes", "nodes/metrics"]],
  ]);
});
