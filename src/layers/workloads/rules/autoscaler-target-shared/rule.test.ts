import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const hpa = (name: string, target: string, namespace?: string): object => {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: target };
  return objectOf("autoscaling/v2 HorizontalPodAutoscaler", name, { spec: { scaleTargetRef } }, namespace);
};

test("KEDA's objects count as autoscalers, but not the one KEDA makes itself", () => {
  const keda = objectOf("keda.sh/v1alpha1 ScaledObject", "k", { spec: { scaleTargetRef: { name: "web" } } });
  expect(judge(rule, [hpa("h", "web"), keda]).found).toEqual(["HorizontalPodAutoscaler/h: ", "ScaledObject/k: "]);
  const owner = { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", name: "k", controller: true };
  const made = { ...hpa("h", "web"), metadata: { name: "h", namespace: "default", ownerReferences: [owner] } };
  expect(judge(rule, [made, keda]).found).toEqual([]);
});

test("other namespaces, other targets and the same object twice are no conflict", () => {
  const objects = [hpa("a", "web"), hpa("a", "web"), hpa("b", "api"), hpa("c", "web", "other")];
  expect(judge(rule, objects).found).toEqual([]);
});
