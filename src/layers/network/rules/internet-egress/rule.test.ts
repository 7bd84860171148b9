import { expect, test } from "vitest";
import { deploymentOf, judge } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const to = (cidr: string, more: object = {}): object =>
  policyOf("out", { policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr } }], ...more }] });

test("without a policy everything is reachable; a part or some ports are not everything", () => {
  expect(judge(rule, [deploymentOf("web")]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [deploymentOf("web"), to("0.0.0.0/0")]).found).toEqual(["Deployment/web: "]);
  expect(judge(rule, [deploymentOf("web"), to("0.0.0.0/1")]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("web"), to("0.0.0.0/0", { ports: [{ port: 443 }] })]).found).toEqual([]);
});

test("of a pod that has IPv6 only, the internet is that of IPv6", () => {
  const six = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "six", namespace: "default", labels: { app: "six" } },
    spec: { containers: [{ name: "main", image: "app" }] },
    status: { podIP: "fd00::1" },
  };
  expect(judge(rule, [six]).found).toEqual(["Pod/six: "]);
  expect(judge(rule, [six, to("::/0")]).found).toEqual(["Pod/six: "]);
  expect(judge(rule, [six, to("0.0.0.0/0")]).found).toEqual([]);
});
