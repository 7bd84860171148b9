import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const gateway = objectOf("gateway.networking.k8s.io/v1 Gateway", "public", {
  spec: { listeners: [{ name: "http" }, { name: "https" }] },
});
const route = (...parentRefs: readonly object[]): object =>
  objectOf("gateway.networking.k8s.io/v1 HTTPRoute", "web", { spec: { parentRefs } });

test("without sectionName every listener is meant; an unknown Gateway is another rule's", () => {
  expect(judge(rule, [gateway, route({ name: "public" })]).tally).toMatchObject({ fail: 0, pass: 0 });
  expect(judge(rule, [gateway, route({ name: "public", sectionName: "https" })]).tally).toMatchObject({ pass: 1 });
  expect(judge(rule, [gateway, route({ name: "other", sectionName: "tls" })]).tally).toMatchObject({
    "not-applicable": 1,
  });
  const parents = [
    { name: "other", sectionName: "tls" },
    { name: "public", sectionName: "tls" },
  ];
  expect(judge(rule, [gateway, route(...parents)]).found).toEqual(["HTTPRoute/web: public/tls"]);
});
