import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const own = objectOf("storage.k8s.io/v1 StorageClass", "encrypted", {}, "");
const claim = (storageClassName: string): object =>
  objectOf("PersistentVolumeClaim", "c", { spec: { storageClassName } });

test("templates of StatefulSets and ephemeral volumes are looked at", () => {
  const set = objectOf("apps/v1 StatefulSet", "db", {
    spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { storageClassName: "gone" } }] },
  });
  const volumes = [{ name: "v", ephemeral: { volumeClaimTemplate: { spec: { storageClassName: "gone" } } } }];
  expect(judge(rule, [own, set, deploymentOf("web", { volumes })]).found).toEqual([
    "StatefulSet/db: gone",
    "Deployment/web: gone",
  ]);
});

test("the empty class asks for none, and volumes are bound by classes that need not exist", () => {
  const volume = objectOf("PersistentVolume", "v", { spec: { storageClassName: "manual" } }, "");
  expect(judge(rule, [own, volume, claim(""), claim("manual")]).found).toEqual([]);
});

test("an input without storage classes says nothing", () => {
  expect(judge(rule, [claim("gone")]).tally).toMatchObject({ "not-applicable": 1 });
});
