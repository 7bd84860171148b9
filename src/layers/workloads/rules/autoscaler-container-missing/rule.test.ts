import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const target = { type: "Utilization", averageUtilization: 70 };
const hpa = (container?: string): object =>
  objectOf("autoscaling/v2 HorizontalPodAutoscaler", "web", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      metrics: [{ type: "ContainerResource", containerResource: { name: "cpu", container, target } }],
    },
  });

test("sidecars count, init containers do not", () => {
  const of = (restartPolicy?: string): object =>
    deploymentOf("web", { initContainers: [{ name: "proxy", restartPolicy }] });
  expect(judge(rule, [of("Always"), hpa("proxy")]).found).toEqual([]);
  expect(judge(rule, [of(), hpa("proxy")]).found).toEqual(["HorizontalPodAutoscaler/web: cpu/proxy"]);
});

test("metrics of the pod, and workloads that are not in the input, are not its business", () => {
  expect(judge(rule, [deploymentOf("web"), hpa()]).tally).toMatchObject({ "not-applicable": 1 });
  expect(judge(rule, [hpa("proxy")]).tally).toMatchObject({ "not-applicable": 1 });
});
