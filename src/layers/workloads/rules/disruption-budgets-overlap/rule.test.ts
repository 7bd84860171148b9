import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const budget = (name: string, matchLabels: object): object =>
  objectOf("policy/v1 PodDisruptionBudget", name, { spec: { selector: { matchLabels } } });

test("a budget for all and one for some", () => {
  expect(judge(rule, [deploymentOf("web"), budget("all", {}), budget("web", { app: "web" })]).found).toEqual([
    "PodDisruptionBudget/all: ",
    "PodDisruptionBudget/web: ",
  ]);
});

test("the same budget twice (an overlay and its base), or budgets for other pods, are no conflict", () => {
  const objects = [
    deploymentOf("web"),
    deploymentOf("api"),
    budget("web", { app: "web" }),
    budget("web", { app: "web" }),
  ];
  expect(judge(rule, [...objects, budget("api", { app: "api" })]).found).toEqual([]);
});
