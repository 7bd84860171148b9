import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const webhook = (port?: number): object =>
  objectOf(
    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
    "v",
    {
      webhooks: [{ name: "w", clientConfig: { service: { namespace: "default", name: "guard", port } } }],
    },
    "",
  );
const service = (port: number): object => objectOf("Service", "guard", { spec: { ports: [{ port }] } });

test("443 is asked where no port is given", () => {
  expect(judge(rule, [service(443), webhook()]).found).toEqual([]);
  const { findings } = judge(rule, [service(8443), webhook()]);
  expect(findings.map(({ key, evidence }) => [key, evidence[0]?.absent, evidence[0]?.default])).toEqual([
    ["guard:443", true, 443],
  ]);
  expect(judge(rule, [service(8443), webhook(8443)]).found).toEqual([]);
});

test("ports of Ingresses are another rule's", () => {
  const backend = { service: { name: "guard", port: { number: 1 } } };
  const ingress = objectOf("networking.k8s.io/v1 Ingress", "i", { spec: { defaultBackend: backend } });
  expect(judge(rule, [service(443), ingress]).found).toEqual([]);
});
