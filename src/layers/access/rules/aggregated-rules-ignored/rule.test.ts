import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRole, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] };

test("from files; those of a server were gathered", () => {
  const rules = [given(["get"], ["pods"])];
  expect(judge(rule, [clusterRole("a", rules, { aggregationRule })]).found).toEqual(["ClusterRole/a: "]);
  const stored = { metadata: { name: "a", resourceVersion: "1" }, aggregationRule };
  expect(judge(rule, [clusterRole("a", rules, stored)]).found).toEqual([]);
  expect(judge(rule, [clusterRole("a", [], { aggregationRule })]).found).toEqual([]);
});
