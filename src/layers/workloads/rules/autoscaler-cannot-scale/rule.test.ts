import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const hpa = (spec: object): object => objectOf("autoscaling/v2 HorizontalPodAutoscaler", "web", { spec });

test("the minimum is one where it is not set", () => {
  expect(judge(rule, [hpa({ maxReplicas: 1 })]).found).toEqual(["HorizontalPodAutoscaler/web: "]);
  expect(judge(rule, [hpa({ maxReplicas: 2 })]).found).toEqual([]);
  expect(judge(rule, [hpa({ minReplicas: 3, maxReplicas: 2 })]).found).toEqual(["HorizontalPodAutoscaler/web: "]);
});

test("another group's kind of the name, and fields of the wrong type, are not judged", () => {
  const other = objectOf("example.com/v1 HorizontalPodAutoscaler", "web", { spec: { maxReplicas: 1 } });
  expect(judge(rule, [other]).tally).toMatchObject({ "not-applicable": 1 });
  expect(judge(rule, [hpa({ maxReplicas: "1" })]).tally).toMatchObject({ "not-evaluated": 1 });
});
