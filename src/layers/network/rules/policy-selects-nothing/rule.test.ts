import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

test("a label that no pod has, beside one that some have", () => {
  const policy = (app: string): object => policyOf(app, { podSelector: { matchLabels: { app } } });
  expect(judge(rule, [deploymentOf("web"), policy("web"), policy("gone")]).found).toEqual(["NetworkPolicy/gone: "]);
});

test("policies without workloads in their namespace are a part of something", () => {
  expect(judge(rule, [policyOf("a", { podSelector: { matchLabels: { app: "x" } } })]).found).toEqual([]);
});
