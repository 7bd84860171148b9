import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { policyOf } from "../../policy.fixture.ts";
import { rule } from "./rule.ts";

const inOps = (name: string): object => ({ ...deploymentOf(name), metadata: { name, namespace: "ops" } });
const from = (matchLabels: object, app: string): object =>
  policyOf("p", {
    ingress: [{ from: [{ namespaceSelector: { matchLabels }, podSelector: { matchLabels: { app } } }] }],
  });

const server = { provenance: { kind: "server", server: "https://127.0.0.1:6443", resourceVersion: "1" } } as const;

test("of files only namespaces given by name are judged, of a cluster all", () => {
  const name = { "kubernetes.io/metadata.name": "ops" };
  expect(judge(rule, [deploymentOf("web"), inOps("one"), from(name, "two")]).found).toHaveLength(1);
  expect(judge(rule, [deploymentOf("web"), inOps("one"), from(name, "one")]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("web"), inOps("one"), from({}, "two")]).found).toEqual([]);
  expect(judge(rule, [deploymentOf("web"), inOps("one"), from({}, "two")], server).found).toHaveLength(1);
  expect(judge(rule, [deploymentOf("web"), inOps("one"), from({ team: "ops" }, "two")], server).found).toEqual([]);
  const labelled = { ...objectOf("Namespace", "ops"), metadata: { name: "ops", labels: { team: "ops" } } };
  expect(
    judge(rule, [deploymentOf("web"), labelled, inOps("one"), from({ team: "ops" }, "two")], server).found,
  ).toHaveLength(1);
});

test("nothing is said of a policy that selects no pod", () => {
  expect(judge(rule, [inOps("one"), from({ "kubernetes.io/metadata.name": "ops" }, "two")]).found).toEqual([]);
});
