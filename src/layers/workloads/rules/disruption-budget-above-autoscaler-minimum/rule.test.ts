import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const budget = (minAvailable: number | string): object =>
  objectOf("policy/v1 PodDisruptionBudget", "web", {
    spec: { minAvailable, selector: { matchLabels: { app: "web" } } },
  });
const hpa = (minReplicas?: number): object =>
  objectOf("autoscaling/v2 HorizontalPodAutoscaler", "h", {
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, minReplicas, maxReplicas: 9 },
  });

test.each([
  [1, undefined, 1],
  [2, 3, 0],
  [3, 3, 1],
  ["50%", 1, 1],
  ["50%", 4, 0],
])("%s of at least %s", (minimum, replicas, count) => {
  expect(judge(rule, [deploymentOf("web", {}, { replicas: 9 }), hpa(replicas), budget(minimum)]).found).toHaveLength(
    count,
  );
});

test("without an autoscaler it is another rule's", () => {
  expect(judge(rule, [deploymentOf("web"), budget(1)]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});
