import fc from "fast-check";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { withoutSecretValues } from "./secret-values.ts";

const VALUE = "s3cr3t-v4lue";
const ENCODED = Buffer.from(VALUE).toString("base64");
const secret = (fields: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "password" },
  type: "Opaque",
  data: { key: ENCODED },
  ...fields,
});

function annotated(object: KubernetesObject, annotations: Record<string, string>): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function expectClean(object: KubernetesObject): void {
  const text = JSON.stringify(object);
  for (const value of [VALUE, ENCODED]) expect(text).not.toContain(value);
}

test("a Secret keeps its name and type, and loses its values", () => {
  const object = secret({ stringData: { other: VALUE } });
  expect(withoutSecretValues(object)).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "password" },
    type: "Opaque",
  });
  expect(object["data"]).toBeDefined();
});

test("annotations that repeat a Secret's values go, others stay", () => {
  const kept = { "ringwall/owner": "team-a", "kubernetes.io/service-account.name": "cart" };
  const clean = withoutSecretValues(
    annotated(secret(), {
      ...kept,
      "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({
        kind: "Secret",
        stringData: { a: "other" },
      }),
      "kapp.k14s.io/original": "compressed, so that nobody sees what it holds",
      "example.org/copy": `password=${VALUE}`,
      "example.org/encoded": ENCODED,
    }),
  );
  expect(clean.metadata?.annotations).toEqual(kept);
});

test("Secrets inside other objects lose their values, and the annotations that repeat them", () => {
  const work: KubernetesObject = {
    apiVersion: "work.open-cluster-management.io/v1",
    kind: "ManifestWork",
    metadata: { name: "work" },
    spec: { workload: { manifests: [secret(), { apiVersion: "v1", kind: "ConfigMap", data: { kept: "yes" } }] } },
  };
  const clean = withoutSecretValues(
    annotated(work, { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(work) }),
  );
  expectClean(clean);
  expect(JSON.stringify(clean)).toContain('"kept":"yes"');
});

test("the items of a SecretList are Secrets", () => {
  const { kind: _, apiVersion: __, ...untyped } = secret();
  expectClean(withoutSecretValues({ apiVersion: "v1", kind: "SecretList", items: [untyped] }));
});

test("text of a Secret in any object's annotation goes, as JSON, as YAML and quoted", () => {
  const pod: KubernetesObject = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" } };
  for (const text of [
    JSON.stringify(secret()),
    `kind: Secret\ndata: {key: ${ENCODED}}`,
    JSON.stringify({ a: JSON.stringify(secret()) }),
  ]) {
    expectClean(withoutSecretValues(annotated(pod, { "example.org/applied": text })));
  }
});

test("what holds no secret value is the same object, untouched", () => {
  const pod = annotated(
    { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { containers: [{ name: "a" }] } },
    {
      "kubectl.kubernetes.io/last-applied-configuration": '{"kind":"Pod"}',
      "example.org/about": "its kind: SecretStore is elsewhere",
    },
  );
  expect(withoutSecretValues(pod)).toBe(pod);
  const external: KubernetesObject = {
    apiVersion: "example.org/v1",
    kind: "Secret",
    metadata: {},
    data: { a: "no core Secret" },
  };
  expect(withoutSecretValues(external)).toBe(external);
});

test("no value survives, wherever the Secret stands", () => {
  const wrap: fc.Arbitrary<(inner: unknown) => unknown> = fc.constantFrom<(inner: unknown) => unknown>(
    (inner) => [inner],
    (inner) => ({ item: inner }),
    (inner) => ({ kind: "Secret", nested: inner }),
    (inner) => ({ metadata: { annotations: { a: "b" } }, items: [null, inner] }),
  );
  const place = fc.array(wrap, { maxLength: 6 });
  const fields = fc.record(
    { apiVersion: fc.constantFrom("v1", "", undefined), stringData: fc.constant({ b: VALUE }) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(place, fields, (wraps, more) => {
      const inner: unknown = { ...secret(), ...more };
      const spec = wraps.reduce((value, around) => around(value), inner);
      expectClean(withoutSecretValues({ apiVersion: "example.org/v1", kind: "Holder", metadata: { name: "h" }, spec }));
    }),
  );
});
