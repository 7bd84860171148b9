import { expect, test } from "vitest";
import { judge, objectOf } from "../../../test/relation-findings.ts";
import { NETWORK_FACTS } from "./network-facts.ts";
import { policyOf } from "./policy.fixture.ts";
import { rule as selectsNothing } from "./rules/policy-selects-nothing/rule.ts";

test("labels may have the names of fields that the network does without", () => {
  const labels = { env: "prod", image: "a", command: "b", priority: "c" };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "app", env: [] }] } };
  const web = objectOf("apps/v1 Deployment", "web", { spec: { selector: { matchLabels: labels }, template } });
  const policy = policyOf("web", { podSelector: { matchLabels: labels } });
  expect(judge(selectsNothing, [web, policy]).found).toEqual([]);
});

test("of a pod its labels, ports and addresses are kept, not what it runs", () => {
  const labels = { env: "prod" };
  const containers = [
    { name: "main", image: "app", env: [{ name: "A" }], ports: [{ name: "http", containerPort: 80 }] },
  ];
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "shop", labels, annotations: { x: "y" } },
    spec: { containers, volumes: [{ name: "v" }] },
    status: { podIP: "10.0.0.1" },
  };
  const extracted = NETWORK_FACTS.extract({
    id: { apiVersion: "v1", group: "", kind: "Pod", namespace: "shop", name: "a" },
    object,
    provenance: { kind: "file", file: "a.yaml" },
    locate: () => undefined,
  });
  expect(extracted?.facts.object).toEqual({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "shop", labels },
    spec: { containers: [{ name: "main", ports: [{ name: "http", containerPort: 80 }] }] },
    status: { podIP: "10.0.0.1" },
  });
});
