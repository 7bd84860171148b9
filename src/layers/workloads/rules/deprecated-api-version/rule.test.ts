import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

test("before it is deprecated, and once it is removed, there is nothing to say", () => {
  const budget = objectOf("policy/v1beta1 PodDisruptionBudget", "b", { spec: {} });
  const found = (minor: number): number => judge(rule, [budget], { minor }).found.length;
  expect([20, 21, 24, 25].map(found)).toEqual([0, 1, 1, 0]);
});

test("one without a date says so", () => {
  const { findings } = judge(rule, [objectOf("Endpoints", "e")]);
  expect(findings.map(({ arguments: values }) => [values["removal"], values["replacement"]])).toEqual([
    ["–", "discovery.k8s.io/v1 EndpointSlice"],
  ]);
});
