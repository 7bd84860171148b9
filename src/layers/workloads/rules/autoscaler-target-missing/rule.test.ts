import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const hpa = (scaleTargetRef: object): object =>
  objectOf("autoscaling/v2 HorizontalPodAutoscaler", "web", { spec: { scaleTargetRef, maxReplicas: 3 } });

test("ScaledObjects and VerticalPodAutoscalers are looked at too, a Deployment being KEDA's default", () => {
  const targetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "gone" };
  const objects = [
    deploymentOf("web"),
    objectOf("autoscaling.k8s.io/v1 VerticalPodAutoscaler", "vertical", { spec: { targetRef } }),
    objectOf("keda.sh/v1alpha1 ScaledObject", "keda", { spec: { scaleTargetRef: { name: "gone" } } }),
  ];
  expect(judge(rule, objects).found).toEqual(["VerticalPodAutoscaler/vertical: gone", "ScaledObject/keda: gone"]);
});

test("the kind counts; the group's old name does not", () => {
  const target = { kind: "Deployment", name: "web" };
  expect(judge(rule, [deploymentOf("web"), hpa({ apiVersion: "extensions/v1beta1", ...target })]).found).toEqual([]);
  const set = objectOf("apps/v1 StatefulSet", "db");
  const wrongKind = hpa({ apiVersion: "apps/v1", kind: "StatefulSet", name: "web" });
  expect(judge(rule, [set, deploymentOf("web"), wrongKind]).found).toEqual(["HorizontalPodAutoscaler/web: web"]);
});

test("an input without objects of the kind says nothing", () => {
  expect(judge(rule, [hpa({ apiVersion: "apps/v1", kind: "Deployment", name: "gone" })]).tally).toMatchObject({
    "not-applicable": 1,
  });
});
