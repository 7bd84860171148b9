import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const targetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const vertical = (spec: object = {}): object =>
  objectOf("autoscaling.k8s.io/v1 VerticalPodAutoscaler", "v", { spec: { targetRef, ...spec } });
const horizontal = objectOf("autoscaling/v2 HorizontalPodAutoscaler", "h", { spec: { scaleTargetRef: targetRef } });
const controlling = (...controlledResources: readonly string[]): object => ({
  resourcePolicy: { containerPolicies: [{ containerName: "*", controlledResources }] },
});

test("only the resource both act on", () => {
  expect(judge(rule, [vertical(), horizontal]).found).toEqual(["VerticalPodAutoscaler/v: cpu"]);
  expect(judge(rule, [vertical(controlling("memory")), horizontal]).found).toEqual([]);
});

test("one that only recommends changes nothing", () => {
  expect(judge(rule, [vertical({ updatePolicy: { updateMode: "Off" } }), horizontal]).tally).toMatchObject({ pass: 1 });
  expect(judge(rule, [vertical()]).tally).toMatchObject({ pass: 1 });
});
