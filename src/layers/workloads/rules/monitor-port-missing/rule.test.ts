import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = (...names: readonly string[]): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "default", labels: { app: "web" } },
  spec: { ports: names.map((name, index) => ({ name, port: index + 1 })) },
});
const selector = { matchLabels: { app: "web" } };
const monitor = (port: string): object =>
  objectOf("monitoring.coreos.com/v1 ServiceMonitor", "m", { spec: { selector, endpoints: [{ port }] } });

test("the Service's port names count; for a PodMonitor the container's", () => {
  expect(judge(rule, [service("http", "metrics"), monitor("metrics")]).found).toEqual([]);
  expect(judge(rule, [service("http"), monitor("metrics")]).found).toEqual(["ServiceMonitor/m: metrics"]);
  const web = deploymentOf("web", { containers: [{ name: "main", ports: [{ name: "metrics", containerPort: 1 }] }] });
  const podMonitor = (port: string): object =>
    objectOf("monitoring.coreos.com/v1 PodMonitor", "m", { spec: { selector, podMetricsEndpoints: [{ port }] } });
  expect(judge(rule, [web, podMonitor("metrics")]).found).toEqual([]);
  expect(judge(rule, [web, podMonitor("metric")]).found).toEqual(["PodMonitor/m: metric"]);
});

test("one that selects nothing is another rule's", () => {
  const other = objectOf("Service", "api");
  expect(judge(rule, [other, monitor("metrics")]).tally).toMatchObject({ "not-applicable": 1 });
});
