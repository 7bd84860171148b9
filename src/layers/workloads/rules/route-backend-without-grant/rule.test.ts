import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = objectOf("Service", "api", {}, "other");
const route = objectOf("gateway.networking.k8s.io/v1 HTTPRoute", "web", {
  spec: { rules: [{ backendRefs: [{ name: "api", namespace: "other" }] }] },
});
const grant = (from: object, to: object, namespace = "other"): object =>
  objectOf("gateway.networking.k8s.io/v1 ReferenceGrant", "g", { spec: { from: [from], to: [to] } }, namespace);
const ours = { group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "default" };
const services = { group: "", kind: "Service" };

test("a grant is for kind and namespace of the route and for all or one Service", () => {
  for (const one of [grant(ours, services), grant(ours, { ...services, name: "api" })])
    expect(judge(rule, [service, route, one]).found).toEqual([]);
  for (const one of [
    grant({ ...ours, kind: "TCPRoute" }, services),
    grant({ ...ours, namespace: "third" }, services),
    grant(ours, { ...services, name: "web" }),
    grant(ours, services, "default"),
  ])
    expect(judge(rule, [service, route, one]).found).toEqual(["HTTPRoute/web: other/api"]);
});

test("a Service that is not in the input says nothing of its namespace", () => {
  expect(judge(rule, [route]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});
