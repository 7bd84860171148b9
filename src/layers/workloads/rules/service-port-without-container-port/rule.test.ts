import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = (port: object, spec: object = {}): object =>
  objectOf("Service", "web", { spec: { selector: { app: "web" }, ports: [port], ...spec } });
const web = deploymentOf("web", { containers: [{ name: "main", ports: [{ containerPort: 8080 }] }] });

test("without a target the port is its own", () => {
  expect(judge(rule, [web, service({ port: 8080 })]).found).toEqual([]);
  expect(judge(rule, [web, service({ port: 80 })]).found).toEqual(["Service/web: 80"]);
});

test("containers that declare nothing may listen anywhere, and headless Services map no ports", () => {
  const undeclared = deploymentOf("web", { containers: [{ name: "a", ports: [{ containerPort: 1 }] }, { name: "b" }] });
  expect(judge(rule, [undeclared, service({ port: 80 })]).tally).toMatchObject({ "not-applicable": 1 });
  expect(judge(rule, [web, service({ port: 80 }, { clusterIP: "None" })]).tally).toMatchObject({ "not-applicable": 1 });
});

test("the protocol counts", () => {
  expect(judge(rule, [web, service({ port: 8080, protocol: "UDP" })]).found).toEqual(["Service/web: 8080"]);
});
