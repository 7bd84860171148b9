import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = (targetPort: string, protocol = "TCP"): object =>
  objectOf("Service", "web", { spec: { selector: { app: "web" }, ports: [{ port: 80, protocol, targetPort }] } });
const ports = [{ name: "http", containerPort: 8080 }];

test("sidecars count, init containers do not", () => {
  const of = (restartPolicy?: string): object =>
    deploymentOf("web", { initContainers: [{ name: "proxy", ports, ...(restartPolicy && { restartPolicy }) }] });
  expect(judge(rule, [of("Always"), service("http")]).found).toEqual([]);
  expect(judge(rule, [of(), service("http")]).found).toEqual(["Service/web: http"]);
});

test("the protocol is part of the name", () => {
  const pods = deploymentOf("web", { containers: [{ name: "main", ports }] });
  expect(judge(rule, [pods, service("http", "UDP")]).found).toEqual(["Service/web: http"]);
});

test("one of the selected pods is enough, and without any nothing is said", () => {
  const other = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", namespace: "default", labels: { app: "web" } },
    spec: {},
  };
  const pods = deploymentOf("web", { containers: [{ name: "main", ports }] });
  expect(judge(rule, [other, pods, service("http")]).found).toEqual([]);
  expect(judge(rule, [service("http")]).tally).toMatchObject({ "not-applicable": 1 });
});
