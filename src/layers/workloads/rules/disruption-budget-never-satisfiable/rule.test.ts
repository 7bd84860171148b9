import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const budget = (minAvailable: number | string): object =>
  objectOf("policy/v1 PodDisruptionBudget", "web", {
    spec: { minAvailable, selector: { matchLabels: { app: "web" } } },
  });
const web = (replicas?: number): object => deploymentOf("web", {}, replicas === undefined ? {} : { replicas });

test.each([
  [1, undefined, 1],
  [1, 1, 1],
  [1, 2, 0],
  [3, 2, 1],
  ["50%", 1, 1],
  ["50%", 2, 0],
  ["90%", 3, 1],
  [0, 1, 0],
  [1, 0, 0],
])("%s of %s", (minimum, replicas, count) => {
  expect(judge(rule, [web(replicas), budget(minimum)]).found).toHaveLength(count);
});

test("pods of several workloads are added, those a controller of the input made are not counted twice", () => {
  const canary = { ...deploymentOf("web"), metadata: { name: "canary", namespace: "default" } };
  expect(judge(rule, [web(1), canary, budget(1)]).found).toEqual([]);
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", controller: true };
  const metadata = { name: "web-0", namespace: "default", labels: { app: "web" }, ownerReferences: [owner] };
  expect(judge(rule, [web(1), { apiVersion: "v1", kind: "Pod", metadata, spec: {} }, budget(1)]).found).toHaveLength(1);
});

test("what is autoscaled, runs on every node or ends by itself is not judged", () => {
  const hpa = objectOf("autoscaling/v2 HorizontalPodAutoscaler", "h", {
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, maxReplicas: 3 },
  });
  const daemon = { ...web(), kind: "DaemonSet" };
  for (const objects of [[web(), hpa], [daemon], []])
    expect(judge(rule, [...objects, budget(1)]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});
