import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = objectOf("Service", "web", { spec: { ports: [{ name: "http", port: 80, targetPort: 8080 }] } });
const asking = (port: object): object =>
  objectOf("networking.k8s.io/v1 Ingress", "web", { spec: { defaultBackend: { service: { name: "web", port } } } });

test("the Service's own number or name is meant, not the container's", () => {
  expect(judge(rule, [service, asking({ number: 80 }), asking({ name: "http" })]).found).toEqual([]);
  expect(judge(rule, [service, asking({ number: 8080 })]).found).toEqual(["Ingress/web: web:8080"]);
  const { findings } = judge(rule, [service, asking({ name: "web" })]);
  expect(findings.map((finding) => finding.arguments["known"])).toEqual(["http 80"]);
});

test("old versions give a number or a name in one field", () => {
  const old = (servicePort: number | string): object =>
    objectOf("extensions/v1beta1 Ingress", "web", { spec: { backend: { serviceName: "web", servicePort } } });
  expect(judge(rule, [service, old(80), old("http")]).found).toEqual([]);
  expect(judge(rule, [service, old("https")]).found).toEqual(["Ingress/web: web:https"]);
});

test("a Service of another name, or without ports of its own, is not judged", () => {
  expect(judge(rule, [asking({ number: 80 })]).tally).toMatchObject({ "not-applicable": 1 });
  const external = objectOf("Service", "web", { spec: { type: "ExternalName", externalName: "example.com" } });
  expect(judge(rule, [external, asking({ number: 443 })]).tally).toMatchObject({ "not-applicable": 1 });
});
