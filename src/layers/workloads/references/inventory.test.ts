import { expect, test } from "vitest";
import { createCluster } from "../../../cluster/cluster.ts";
import { readObject } from "../../../cluster/read-resource.ts";
import type { Provenance, Resource } from "../../../cluster/resource.ts";
import { objectOf } from "../../../../test/relation-findings.ts";
import type { Inventory, Presence } from "./inventory.ts";
import {
  CONFIG_MAP,
  INGRESS_CLASS,
  PRIORITY_CLASS,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
  STORAGE_CLASS,
} from "./reference.ts";
import { relationsOf } from "./relations.ts";

function inventoryOf(objects: readonly object[], provenance: Provenance = { kind: "file", file: "a.yaml" }): Inventory {
  const resources = objects.flatMap((object): readonly Resource[] => {
    const read = readObject(object, "default");
    return read.kind === "object" ? [{ ...read, provenance, locate: () => undefined }] : [];
  });
  return relationsOf(createCluster(resources)).inventory;
}

function kindOf(inventory: Inventory, target: string, name: string, namespace = "default"): Presence["kind"] {
  return inventory.find({ target, namespace, name }).kind;
}

test("there, missing where others are, and nothing said where none are", () => {
  const inventory = inventoryOf([objectOf("ConfigMap", "settings")]);
  expect(kindOf(inventory, CONFIG_MAP, "settings")).toBe("present");
  expect(kindOf(inventory, CONFIG_MAP, "gone")).toBe("missing");
  expect(kindOf(inventory, CONFIG_MAP, "gone", "other")).toBe("undescribed");
  expect(kindOf(inventory, SECRET, "gone")).toBe("undescribed");
});

test("what every cluster has, and what platforms bring", () => {
  const inventory = inventoryOf([
    objectOf("ConfigMap", "a"),
    objectOf("ServiceAccount", "a"),
    objectOf("Service", "a"),
    objectOf("scheduling.k8s.io/v1 PriorityClass", "a", {}, ""),
    objectOf("storage.k8s.io/v1 StorageClass", "a", {}, ""),
    objectOf("networking.k8s.io/v1 IngressClass", "a", {}, ""),
  ]);
  expect(kindOf(inventory, CONFIG_MAP, "kube-root-ca.crt")).toBe("present");
  expect(kindOf(inventory, SERVICE_ACCOUNT, "default")).toBe("present");
  expect(kindOf(inventory, SERVICE, "kubernetes")).toBe("present");
  expect(kindOf(inventory, PRIORITY_CLASS, "system-node-critical", "")).toBe("present");
  expect(kindOf(inventory, STORAGE_CLASS, "gp3", "")).toBe("present");
  expect(kindOf(inventory, STORAGE_CLASS, "gp4", "")).toBe("missing");
  expect(kindOf(inventory, INGRESS_CLASS, "nginx", "")).toBe("present");
  expect(kindOf(inventory, INGRESS_CLASS, "nginx-internal", "")).toBe("missing");
});

test("what only is made describes nothing but itself, and its misspellings", () => {
  const certificate = objectOf("cert-manager.io/v1 Certificate", "c", { spec: { secretName: "web-certificate" } });
  const inventory = inventoryOf([certificate]);
  expect(kindOf(inventory, SECRET, "web-certificate")).toBe("present");
  expect(kindOf(inventory, SECRET, "database")).toBe("undescribed");
  expect(inventory.find({ target: SECRET, namespace: "default", name: "web-certificat" })).toEqual({
    kind: "missing",
    similar: ["web-certificate"],
  });
});

test("an ExternalSecret in a file stands for a Secret; read from a server it says nothing of others", () => {
  const external = objectOf("external-secrets.io/v1 ExternalSecret", "database");
  expect(kindOf(inventoryOf([external]), SECRET, "gone")).toBe("missing");
  const server: Provenance = { kind: "server", server: "https://192.0.2.1", resourceVersion: "1" };
  expect(kindOf(inventoryOf([external], server), SECRET, "gone")).toBe("undescribed");
  expect(kindOf(inventoryOf([external, objectOf("Secret", "a")], server), SECRET, "gone")).toBe("missing");
});

test("an application that may create Secrets, and names one, makes it", () => {
  const role = (name: string, ...rules: readonly object[]): object =>
    objectOf("rbac.authorization.k8s.io/v1 Role", name, { rules });
  const secrets = { apiGroups: [""], resources: ["secrets"] };
  const named = { ...secrets, resourceNames: ["own"], verbs: ["get"] };
  const create = { ...secrets, verbs: ["create"] };
  const other = objectOf("Secret", "other");
  expect(kindOf(inventoryOf([other, role("r", named, create)]), SECRET, "own")).toBe("present");
  expect(kindOf(inventoryOf([other, role("r", named)]), SECRET, "own")).toBe("missing");
  expect(kindOf(inventoryOf([other, role("r", named), role("s", create)]), SECRET, "own")).toBe("missing");
});

test("a certificate that OpenShift makes for a Service", () => {
  const metadata = { annotations: { "service.beta.openshift.io/serving-cert-secret-name": "web-tls" } };
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "default", ...metadata } };
  expect(kindOf(inventoryOf([service, objectOf("Secret", "a")]), SECRET, "web-tls")).toBe("present");
});

test("of two with one identity the one in the same file is meant, else the last", () => {
  const place = (file: string): Pick<Resource, "provenance" | "locate"> => ({
    provenance: { kind: "file", file },
    locate: () => undefined,
  });
  const resources = ["base.yaml", "overlay.yaml"].flatMap((file): readonly Resource[] => {
    const read = readObject(objectOf("Service", "web", { spec: { type: file } }), "default");
    return read.kind === "object" ? [{ ...read, ...place(file) }] : [];
  });
  const { inventory } = relationsOf(createCluster(resources));
  const [base] = resources;
  const typeOf = (near?: Resource): unknown => {
    const detail = inventory.get(SERVICE, "default", "web", near)?.facts.detail;
    return detail?.role === "service" ? detail.type : undefined;
  };
  expect(typeOf()).toBe("overlay.yaml");
  expect(typeOf(base)).toBe("base.yaml");
  expect(typeOf(base && { ...base, ...place("third.yaml") })).toBe("overlay.yaml");
});
