import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const variable = (name: string, key: string): object =>
  deploymentOf("web", {
    containers: [{ name: "main", env: [{ name: "A", valueFrom: { secretKeyRef: { name, key } } }] }],
  });

test("keys of Secrets, ExternalSecrets, SealedSecrets and Certificates are known", () => {
  const objects = [
    objectOf("Secret", "plain", { stringData: { "api-key": "not-a-real-key" }, data: { other: "" } }),
    objectOf("external-secrets.io/v1 ExternalSecret", "external", { spec: { data: [{ secretKey: "password" }] } }),
    objectOf("bitnami.com/v1alpha1 SealedSecret", "sealed", { spec: { encryptedData: { token: "x" } } }),
    objectOf("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "tls" } }),
  ];
  const right = [
    ["plain", "api-key"],
    ["plain", "other"],
    ["external", "password"],
    ["sealed", "token"],
    ["tls", "tls.crt"],
  ];
  expect(judge(rule, [...objects, ...right.map(([name = "", key = ""]) => variable(name, key))]).found).toEqual([]);
  const names = ["plain", "external", "sealed", "tls"];
  expect(judge(rule, [...objects, ...names.map((name) => variable(name, "gone"))]).found).toEqual(
    names.map((name) => `Deployment/web: ${name}/gone`),
  );
});

test("where keys come from a template, a whole record, a controller or nowhere, nothing is said", () => {
  const objects = [
    objectOf("external-secrets.io/v1 ExternalSecret", "all", { spec: { dataFrom: [{ extract: { key: "a" } }] } }),
    objectOf("Secret", "token", { type: "kubernetes.io/service-account-token", data: { extra: "" } }),
    objectOf("Secret", "empty"),
  ];
  const asked = ["all", "token", "empty", "absent"].map((name) => variable(name, "gone"));
  expect(judge(rule, [...objects, ...asked]).tally).toMatchObject({ fail: 0, "not-applicable": 4 });
});

test("no value reaches a finding", () => {
  const secret = objectOf("Secret", "plain", { stringData: { "api-key": "not-a-real-key" } });
  expect(JSON.stringify(judge(rule, [secret, variable("plain", "gone")]).findings)).not.toContain("not-a-real-key");
});
