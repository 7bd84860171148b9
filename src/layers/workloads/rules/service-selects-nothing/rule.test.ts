import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = (selector: object | undefined, fields: object = {}): object =>
  objectOf("Service", "web", { spec: { ...(selector && { selector }), ...fields } });

test("a Service without selector, an ExternalName, and a namespace without pods say nothing", () => {
  const pods = deploymentOf("web");
  for (const one of [service(undefined), service({}), service({ app: "x" }, { type: "ExternalName" })])
    expect(judge(rule, [pods, one]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
  expect(judge(rule, [service({ app: "x" })]).tally).toMatchObject({ "not-applicable": 1 });
});

test("labels that controllers stamp are no mismatch", () => {
  const labels = { app: "db" };
  const spec = { template: { metadata: { labels }, spec: { containers: [] } } };
  const set = objectOf("apps/v1 StatefulSet", "db", { spec });
  const ofPod = (name: string): object => service({ app: "db", "statefulset.kubernetes.io/pod-name": name });
  expect(judge(rule, [set, ofPod("db-0")]).found).toEqual([]);
  expect(judge(rule, [set, ofPod("cache-0")]).found).toEqual(["Service/web: "]);
});

test("labels of an operator that the input does not have cannot be judged", () => {
  expect(judge(rule, [deploymentOf("web"), service({ "strimzi.io/cluster": "orders" })]).tally).toMatchObject({
    "not-applicable": 1,
  });
});

test("pods of other namespaces do not count, and the unknown label is named", () => {
  const elsewhere = objectOf("Pod", "p", { spec: {} }, "other");
  const { findings } = judge(rule, [elsewhere, deploymentOf("web"), service({ app: "web", version: "v2" })]);
  expect(findings.map((finding) => finding.arguments["name"])).toEqual(["version=v2"]);
});
