import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const volume = (secretName: string): object =>
  deploymentOf("web", { volumes: [{ name: "v", secret: { secretName } }] });
const external = objectOf("external-secrets.io/v1 ExternalSecret", "credentials", { spec: { target: { name: "db" } } });

test("pull secrets of pods and accounts and certificates of Ingresses and Gateways are looked at", () => {
  const objects = [
    external,
    deploymentOf("web", { imagePullSecrets: [{ name: "gone-1" }] }),
    objectOf("ServiceAccount", "web", { imagePullSecrets: [{ name: "gone-2" }] }),
    objectOf("networking.k8s.io/v1 Ingress", "web", { spec: { tls: [{ secretName: "gone-3" }] } }),
    objectOf("gateway.networking.k8s.io/v1 Gateway", "web", {
      spec: { listeners: [{ name: "https", tls: { certificateRefs: [{ name: "gone-4" }] } }] },
    }),
  ];
  expect(judge(rule, objects).found).toEqual([
    "Deployment/web: gone-1",
    "ServiceAccount/web: gone-2",
    "Ingress/web: gone-3",
    "Gateway/web: gone-4",
  ]);
});

test("what other objects make is there", () => {
  const objects = [
    external,
    objectOf("bitnami.com/v1alpha1 SealedSecret", "sealed"),
    objectOf("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "certificate" } }),
    objectOf("postgresql.cnpg.io/v1 Cluster", "orders"),
    objectOf("s3.aws.upbound.io/v1beta1 Bucket", "b", { spec: { writeConnectionSecretToRef: { name: "bucket" } } }),
    ...["db", "sealed", "certificate", "orders-app", "bucket"].map(volume),
  ];
  expect(judge(rule, objects).found).toEqual([]);
});

test("cert-manager makes the Secrets of an Ingress that names an issuer", () => {
  const metadata = { name: "web", namespace: "default", annotations: { "cert-manager.io/cluster-issuer": "public" } };
  const ingress = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata,
    spec: { tls: [{ secretName: "web-tls" }] },
  };
  expect(judge(rule, [external, ingress, volume("web-tls")]).found).toEqual([]);
});

test("of a server, whose Secrets are not read, only near misses are told", () => {
  const provenance = { kind: "server", server: "https://192.0.2.1", resourceVersion: "1" } as const;
  const objects = [external, volume("gone"), volume("db-crds")];
  expect(judge(rule, objects, { provenance }).tally).toMatchObject({ fail: 0, "not-applicable": 2 });
  const near = [objectOf("external-secrets.io/v1 ExternalSecret", "payments"), volume("paymnets")];
  expect(judge(rule, near, { provenance }).found).toEqual(["Deployment/web: paymnets"]);
});
