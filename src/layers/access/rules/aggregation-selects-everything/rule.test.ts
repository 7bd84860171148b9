import { expect, test } from "vitest";
import { judge } from "../../../../../test/relation-findings.ts";
import { clusterRole } from "../../objects.fixture.ts";
import { rule } from "./rule.ts";

const judged = (selector: object) =>
  judge(rule, [clusterRole("a", null, { aggregationRule: { clusterRoleSelectors: [selector] } })]).found;

test("an empty selector selects all there is", () => {
  expect(judged({})).toEqual(["ClusterRole/a: "]);
  expect(judged({ matchLabels: {} })).toEqual(["ClusterRole/a: "]);
  expect(judged({ matchLabels: { a: "b" } })).toEqual([]);
});
