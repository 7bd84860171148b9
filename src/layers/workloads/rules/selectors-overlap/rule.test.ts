import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const labelled = (
  name: string,
  labels: object,
  selector = labels,
  namespace = "default",
  kind = "Deployment",
): object =>
  objectOf(
    `apps/v1 ${kind}`,
    name,
    {
      spec: { selector: { matchLabels: selector }, template: { metadata: { labels }, spec: {} } },
    },
    namespace,
  );

test("one selector may be wider than the other", () => {
  const wide = labelled("stable", { app: "web" });
  const narrow = labelled("canary", { app: "web", track: "canary" });
  expect(judge(rule, [wide, narrow]).found).toEqual(["Deployment/stable: "]);
});

test("of different kinds too, but not over namespaces, nor with itself", () => {
  const web = labelled("web", { app: "web" });
  expect(judge(rule, [web, labelled("web", { app: "web" }, { app: "web" }, "default", "StatefulSet")]).found).toEqual([
    "Deployment/web: ",
    "StatefulSet/web: ",
  ]);
  expect(judge(rule, [web, web, labelled("x", { app: "web" }, { app: "web" }, "other")]).found).toEqual([]);
});

test("pods of Jobs, bare pods and what a controller of the input made are not counted", () => {
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", controller: true };
  const set = labelled("web-1", { app: "web" }, { app: "web" }, "default", "ReplicaSet");
  const made = { ...set, metadata: { name: "web-1", namespace: "default", ownerReferences: [owner] } };
  const job = objectOf("batch/v1 Job", "j", { spec: { template: { metadata: { labels: { app: "web" } }, spec: {} } } });
  expect(judge(rule, [deploymentOf("web"), made, job]).found).toEqual([]);
});
