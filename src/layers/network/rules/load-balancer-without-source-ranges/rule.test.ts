import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const service = (more: object = {}, metadata: object = {}): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "default", ...metadata },
  spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }], ...more },
});

test("ranges, an internal load balancer and policies close it", () => {
  const web = deploymentOf("web");
  expect(judge(rule, [web, service()]).found).toEqual(["Service/web: "]);
  expect(judge(rule, [web, service({ loadBalancerSourceRanges: ["0.0.0.0/0"] })]).found).toEqual(["Service/web: "]);
  expect(judge(rule, [web, service({ loadBalancerSourceRanges: ["203.0.113.0/24"] })]).found).toEqual([]);
  const annotations = { "networking.gke.io/load-balancer-type": "Internal" };
  expect(judge(rule, [web, service({}, { annotations })]).found).toEqual([]);
  expect(judge(rule, [web, service(), policyOf("deny", {})]).found).toEqual([]);
});
