import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const hpa = (spec: object): object => objectOf("autoscaling/v2 HorizontalPodAutoscaler", "web", { spec });

test("unset is one; a fixed scale of one is another rule's", () => {
  expect(judge(rule, [hpa({ maxReplicas: 5 })]).findings[0]?.evidence[0]).toMatchObject({ absent: true, default: 1 });
  expect(judge(rule, [hpa({ minReplicas: 0, maxReplicas: 5 })]).found).toHaveLength(1);
  expect(judge(rule, [hpa({ minReplicas: 1, maxReplicas: 1 })]).found).toEqual([]);
  expect(judge(rule, [hpa({ minReplicas: 2, maxReplicas: 5 })]).found).toEqual([]);
});
