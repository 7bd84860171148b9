import { expect, test } from "vitest";
import { judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const service = objectOf("Service", "other");
const called = { namespace: "default", name: "gone" };
const clientConfig = { service: called };

test("both kinds of webhook, conversions and aggregated APIs are looked at", () => {
  const webhooks = [{ name: "w", clientConfig }];
  const objects = [
    service,
    objectOf("admissionregistration.k8s.io/v1 MutatingWebhookConfiguration", "m", { webhooks }, ""),
    objectOf("admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration", "v", { webhooks }, ""),
    objectOf(
      "apiextensions.k8s.io/v1 CustomResourceDefinition",
      "c",
      { spec: { conversion: { webhook: { clientConfig } } } },
      "",
    ),
    objectOf("apiregistration.k8s.io/v1 APIService", "a", { spec: { service: called } }, ""),
  ];
  expect(judge(rule, objects).found).toEqual([
    "MutatingWebhookConfiguration/m: gone",
    "ValidatingWebhookConfiguration/v: gone",
    "CustomResourceDefinition/c: gone",
    "APIService/a: gone",
  ]);
});

test("a URL names no Service, and an input without Services of the namespace says nothing", () => {
  const byUrl = [{ name: "w", clientConfig: { url: "https://guard.example.com" } }];
  const type = "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration";
  expect(judge(rule, [service, objectOf(type, "v", { webhooks: byUrl }, "")]).found).toEqual([]);
  const { tally } = judge(rule, [objectOf(type, "v", { webhooks: [{ name: "w", clientConfig }] }, "")]);
  expect(tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});
