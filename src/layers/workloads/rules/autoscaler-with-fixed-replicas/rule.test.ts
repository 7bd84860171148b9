import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const hpa = objectOf("autoscaling/v2 HorizontalPodAutoscaler", "web", {
  spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, maxReplicas: 3 },
});
const web = deploymentOf("web", {}, { replicas: 2 });

test("what was read from a server has the autoscaler's number", () => {
  const provenance = { kind: "server", server: "https://192.0.2.1", resourceVersion: "1" } as const;
  expect(judge(rule, [web, hpa], { provenance }).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
  const exported = { ...web, metadata: { name: "web", namespace: "default", uid: "1" } };
  expect(judge(rule, [exported, hpa]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});

test("zero is a number too, and absence is right", () => {
  expect(judge(rule, [deploymentOf("web", {}, { replicas: 0 }), hpa]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [deploymentOf("web"), hpa]).tally).toMatchObject({ pass: 1 });
  expect(judge(rule, [web]).tally).toMatchObject({ pass: 0, fail: 0 });
});
