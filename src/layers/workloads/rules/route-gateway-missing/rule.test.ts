import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const route = (parent: object): object =>
  objectOf("gateway.networking.k8s.io/v1 HTTPRoute", "web", { spec: { parentRefs: [parent] } });

test("Gateways are searched in the namespace that is named; a Service as parent is none", () => {
  const gateway = objectOf("gateway.networking.k8s.io/v1 Gateway", "public", {}, "infra");
  expect(judge(rule, [gateway, route({ name: "public", namespace: "infra" })]).found).toEqual([]);
  expect(judge(rule, [gateway, route({ name: "publik", namespace: "infra" })]).found).toEqual([
    "HTTPRoute/web: publik",
  ]);
  expect(judge(rule, [gateway, route({ name: "public" })]).tally).toMatchObject({ "not-applicable": 1 });
  expect(judge(rule, [gateway, route({ group: "", kind: "Service", name: "api" })]).tally).toMatchObject({
    fail: 0,
    pass: 0,
  });
});
