import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const budget = (spec: object, version = "v1"): object =>
  objectOf(`policy/${version} PodDisruptionBudget`, "web", { spec });

test("an empty selector is for every pod, before policy/v1 for none, an absent one for none", () => {
  const pods = deploymentOf("web");
  expect(judge(rule, [pods, budget({ selector: {} })]).found).toEqual([]);
  expect(judge(rule, [pods, budget({ selector: {} }, "v1beta1")]).found).toHaveLength(1);
  expect(judge(rule, [pods, budget({})]).findings[0]?.evidence[0]).toMatchObject({ absent: true });
});

test("expressions are read", () => {
  const selector = (operator: string): object => ({
    selector: { matchExpressions: [{ key: "app", operator, values: ["web", "api"] }] },
  });
  expect(judge(rule, [deploymentOf("web"), budget(selector("In"))]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("web"), budget(selector("NotIn"))]).findings[0]?.arguments["selector"]).toBe(
    "app notin (web,api)",
  );
});

test("a namespace without pods in the input says nothing", () => {
  expect(judge(rule, [budget({ selector: {} })]).tally).toMatchObject({ "not-applicable": 1 });
});
