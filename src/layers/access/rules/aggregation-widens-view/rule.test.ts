import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRole, rule as given } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const judged = (verbs: readonly string[], resources: readonly string[], label = "aggregate-to-view") => {
  const labels = { [`rbac.authorization.k8s.io/${label}`]: "true" };
  return judge(rule, [clusterRole("a", [given(verbs, resources)], { metadata: { name: "a", labels } })]).found;
};

test("writing, and reading Secrets", () => {
  expect(judged(["get", "create"], ["widgets"])).toEqual(["ClusterRole/a: "]);
  expect(judged(["list"], ["secrets"])).toEqual(["ClusterRole/a: "]);
  expect(judged(["get", "list", "watch"], ["widgets"])).toEqual([]);
  expect(judged(["create"], ["widgets"], "aggregate-to-edit")).toEqual([]);
});
