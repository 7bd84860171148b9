import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const volume = (name: string, fields: object = {}): object =>
  deploymentOf("web", { volumes: [{ name: "v", configMap: { name, ...fields } }] });
const settings = objectOf("ConfigMap", "settings", { data: { a: "1" } });

test("variables, whole environments, volumes and projections are looked at, one finding a name", () => {
  const spec = {
    containers: [
      {
        name: "main",
        env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "gone", key: "a" } } }],
        envFrom: [{ configMapRef: { name: "gone" } }],
      },
    ],
    volumes: [
      { name: "a", configMap: { name: "gone" } },
      { name: "b", projected: { sources: [{ configMap: { name: "also-gone" } }] } },
    ],
  };
  const { findings } = judge(rule, [settings, deploymentOf("web", spec)]);
  expect(findings.map(({ key, evidence }) => [key, evidence.length])).toEqual([
    ["gone", 3],
    ["also-gone", 1],
  ]);
});

test("an input without any ConfigMap of the namespace says nothing", () => {
  const elsewhere = objectOf("ConfigMap", "settings", {}, "other");
  expect(judge(rule, [elsewhere, volume("gone")]).tally).toMatchObject({ fail: 0, "not-applicable": 1 });
});

test("optional ones, those of controllers and names still to be filled in are no findings", () => {
  const objects = [
    settings,
    volume("gone", { optional: true }),
    volume("kube-root-ca.crt"),
    volume("$(name)"),
    volume("{{ .name }}"),
  ];
  expect(judge(rule, objects).found).toEqual([]);
});

test("what a Bundle or a generator makes is there", () => {
  const bundle = objectOf("trust.cert-manager.io/v1alpha1 Bundle", "roots", {}, "");
  const generator = objectOf("kustomize.config.k8s.io/v1beta1 Kustomization", "k", {
    configMapGenerator: [{ name: "generated" }],
  });
  expect(judge(rule, [settings, bundle, generator, volume("roots"), volume("generated")]).found).toEqual([]);
});

test("a pod whose Deployment is there is not reported again", () => {
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", controller: true };
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web-0", namespace: "default", ownerReferences: [owner] },
    spec: { containers: [], volumes: [{ name: "v", configMap: { name: "gone" } }] },
  };
  expect(judge(rule, [settings, volume("gone"), pod]).found).toEqual(["Deployment/web: gone"]);
  expect(judge(rule, [settings, pod]).found).toEqual(["Pod/web-0: gone"]);
});
