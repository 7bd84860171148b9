import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const listeners = [
  { name: "http", protocol: "HTTP", port: 80 },
  { name: "https", protocol: "HTTPS", port: 443 },
];
const gateway = objectOf("gateway.networking.k8s.io/v1 Gateway", "g", { spec: { listeners } });
const route = (parent: object, rules: readonly object[] = [{ backendRefs: [{ name: "web", port: 80 }] }]): object =>
  objectOf("gateway.networking.k8s.io/v1 HTTPRoute", "r", { spec: { parentRefs: [{ name: "g", ...parent }], rules } });
const redirect = (scheme: string): object => ({ filters: [{ type: "RequestRedirect", requestRedirect: { scheme } }] });
const found = (...objects: readonly object[]): readonly string[] => judge(rule, objects).found;

test("what is attached to the plain listener counts, by section, port or neither", () => {
  const plain = ["Gateway/g: http"];
  expect(found(gateway)).toEqual([]);
  expect(found(gateway, route({}))).toEqual(plain);
  expect(found(gateway, route({ sectionName: "http" }))).toEqual(plain);
  expect(found(gateway, route({ port: 80 }))).toEqual(plain);
  expect(found(gateway, route({ sectionName: "https" }))).toEqual([]);
  expect(found(gateway, route({ port: 443 }))).toEqual([]);
  expect(found(gateway, route({ namespace: "other" }))).toEqual([]);
  expect(found(gateway, route({ kind: "Service" }))).toEqual([]);
});

test("a redirect to HTTPS serves nothing, every rule must be one", () => {
  expect(found(gateway, route({}, [redirect("https")]))).toEqual([]);
  expect(found(gateway, route({}, [redirect("http")]))).toEqual(["Gateway/g: http"]);
  expect(found(gateway, route({}, [redirect("https"), {}]))).toEqual(["Gateway/g: http"]);
});

test("OpenShift Routes need TLS, and no plain door beside it", () => {
  const of = (spec: object): readonly string[] => found(objectOf("route.openshift.io/v1 Route", "r", { spec }));
  expect(of({})).toEqual(["Route/r: "]);
  expect(of({ tls: { termination: "edge" } })).toEqual([]);
  expect(of({ tls: { termination: "edge", insecureEdgeTerminationPolicy: "Allow" } })).toEqual(["Route/r: "]);
  expect(of({ tls: { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" } })).toEqual([]);
});
