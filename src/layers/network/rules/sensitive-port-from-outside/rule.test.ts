import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const service = (type: string, more: object = {}): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "db", namespace: "default" },
  spec: { type, selector: { app: "db" }, ports: [{ port: 80, targetPort: 5432 }], ...more },
});

test("the port of the pod counts; private sources, policies and ClusterIP close it", () => {
  const db = deploymentOf("db");
  expect(judge(rule, [db, service("NodePort")]).found).toEqual(["Service/db: TCP 5432"]);
  expect(judge(rule, [db, service("ClusterIP")]).found).toEqual([]);
  expect(judge(rule, [db, service("LoadBalancer", { loadBalancerSourceRanges: ["10.0.0.0/8"] })]).found).toEqual([]);
  expect(judge(rule, [db, service("LoadBalancer"), policyOf("deny", {})]).found).toEqual([]);
});
