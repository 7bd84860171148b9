import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = objectOf("Service", "web");
const ingress = (spec: object, type = "networking.k8s.io/v1 Ingress"): object => objectOf(type, "web", { spec });
const backend = (name: string, port: object = { number: 80 }): object => ({ service: { name, port } });

test("default back end and paths are looked at, in old versions too", () => {
  const rules = [{ http: { paths: [{ backend: backend("gone-1") }, { backend: backend("web") }] } }];
  const old = { backend: { serviceName: "gone-3", servicePort: 80 } };
  const objects = [
    service,
    ingress({ defaultBackend: backend("gone-2"), rules }),
    ingress(old, "extensions/v1beta1 Ingress"),
  ];
  expect(judge(rule, objects).found).toEqual(["Ingress/web: gone-2", "Ingress/web: gone-1", "Ingress/web: gone-3"]);
});

test("actions of the AWS controller, and back ends that are no Service, name none", () => {
  const action = { defaultBackend: backend("redirect", { name: "use-annotation" }) };
  const bucket = { defaultBackend: { resource: { apiGroup: "k8s.example.com", kind: "Bucket", name: "static" } } };
  expect(judge(rule, [service, ingress(action), ingress(bucket)]).found).toEqual([]);
});

test("Services that an operator makes are there", () => {
  const knative = objectOf("serving.knative.dev/v1 Service", "hello");
  expect(judge(rule, [service, knative, ingress({ defaultBackend: backend("hello") })]).found).toEqual([]);
});

test("an input without Services of the namespace says nothing", () => {
  expect(judge(rule, [ingress({ defaultBackend: backend("gone") })]).tally).toMatchObject({ "not-applicable": 1 });
});
