import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("unset is IfHealthyBudget", () => {
  const budget = (policy?: string): object =>
    objectOf("policy/v1 PodDisruptionBudget", "web", { spec: { unhealthyPodEvictionPolicy: policy } });
  expect(judge(rule, [budget()]).findings[0]?.evidence[0]).toMatchObject({ default: "IfHealthyBudget" });
  expect(judge(rule, [budget("IfHealthyBudget")]).found).toHaveLength(1);
  expect(judge(rule, [budget("AlwaysAllow")]).found).toEqual([]);
});
