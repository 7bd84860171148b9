import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = (name: string, labels: object, namespace = "default"): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace, labels },
  spec: { selector: { app: name } },
});
const monitor = (spec: object, kind = "ServiceMonitor"): object =>
  objectOf(`monitoring.coreos.com/v1 ${kind}`, "m", { spec });
const matching = { selector: { matchLabels: { app: "web" } } };

test("labels of the Service count, not those it selects by", () => {
  expect(judge(rule, [service("web", {}), monitor(matching)]).found).toEqual(["ServiceMonitor/m: "]);
  expect(judge(rule, [service("x", { app: "web" }), monitor(matching)]).found).toEqual([]);
  expect(judge(rule, [service("x", {}), monitor({ selector: {} })]).found).toEqual([]);
});

test("namespaces are its own, those it names, or all", () => {
  const there = [service("x", { app: "web" }, "other"), service("y", {})];
  expect(judge(rule, [...there, monitor(matching)]).found).toHaveLength(1);
  const named = { ...matching, namespaceSelector: { matchNames: ["other"] } };
  expect(
    judge(rule, [...there, monitor(named), monitor({ ...matching, namespaceSelector: { any: true } })]).found,
  ).toEqual([]);
  expect(judge(rule, [monitor(named)]).tally).toMatchObject({ "not-applicable": 1 });
});

test("a PodMonitor looks for pods", () => {
  expect(judge(rule, [deploymentOf("web"), monitor(matching, "PodMonitor")]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("api"), monitor(matching, "PodMonitor")]).found).toEqual(["PodMonitor/m: "]);
  expect(judge(rule, [monitor(matching, "PodMonitor")]).tally).toMatchObject({ "not-applicable": 1 });
});
