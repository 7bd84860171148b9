import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const budget = (app: string, namespace?: string): object =>
  objectOf("policy/v1 PodDisruptionBudget", app, { spec: { selector: { matchLabels: { app } } } }, namespace);
const two = { replicas: 2 };

test("one replica needs none, nor does a namespace of which the input says nothing else", () => {
  expect(judge(rule, [deploymentOf("web", {}, two)]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
  expect(judge(rule, [deploymentOf("web", {}, two), budget("web", "other")]).tally).toMatchObject({ fail: 0 });
  expect(judge(rule, [deploymentOf("web"), budget("api")]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});

test("a declared namespace, or a budget in it, shows that it is described", () => {
  const namespace = objectOf("Namespace", "default", {}, "");
  expect(judge(rule, [namespace, deploymentOf("web", {}, two)]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [budget("api"), deploymentOf("web", {}, two)]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [budget("web"), deploymentOf("web", {}, two)]).found).toEqual([]);
});

test("an autoscaler's minimum counts, not the field", () => {
  const hpa = (minReplicas: number): object =>
    objectOf("autoscaling/v2 HorizontalPodAutoscaler", "h", {
      spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, minReplicas },
    });
  expect(judge(rule, [budget("api"), deploymentOf("web"), hpa(2)]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [budget("api"), deploymentOf("web", {}, two), hpa(1)]).found).toEqual([]);
});
