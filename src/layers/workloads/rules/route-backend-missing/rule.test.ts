import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = objectOf("Service", "web");
const route = (rules: readonly object[], kind = "HTTPRoute"): object =>
  objectOf(`gateway.networking.k8s.io/v1 ${kind}`, "web", { spec: { rules } });

test("every kind of route, and mirrors, are looked at", () => {
  const filters = [{ type: "RequestMirror", requestMirror: { backendRef: { name: "gone-1" } } }];
  const objects = [
    service,
    route([{ filters, backendRefs: [{ name: "web" }] }]),
    route([{ backendRefs: [{ name: "gone-2" }] }], "GRPCRoute"),
    route([{ backendRefs: [{ name: "gone-3" }] }], "TCPRoute"),
  ];
  expect(judge(rule, objects).found).toEqual([
    "HTTPRoute/web: gone-1",
    "GRPCRoute/web: gone-2",
    "TCPRoute/web: gone-3",
  ]);
});

test("back ends of another kind are not Services; other namespaces are searched where they are named", () => {
  const import_ = { group: "multicluster.x-k8s.io", kind: "ServiceImport", name: "gone" };
  expect(judge(rule, [service, route([{ backendRefs: [import_] }])]).found).toEqual([]);
  const inOther = route([{ backendRefs: [{ name: "web", namespace: "other" }] }]);
  expect(judge(rule, [service, inOther]).tally).toMatchObject({ "not-applicable": 1 });
  expect(judge(rule, [service, objectOf("Service", "api", {}, "other"), inOther]).found).toEqual([
    "HTTPRoute/web: web",
  ]);
});
