import { expect, test } from "vitest";
import { evidenceOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

test.each([
  [{ labels: { team: "shop" } }, 0],
  [{ annotations: { "example.com/owner": "shop" } }, 0],
  [{ labels: { "app.kubernetes.io/part-of": "shop" } }, 0],
  [{ labels: { owner: "" } }, 1],
  [{ labels: { app: "cart" } }, 1],
  [{}, 1],
])("%j", (metadata, count) => expect(evidenceOf(rule, podOf({}, metadata))).toHaveLength(count));

test("the pods' labels count, and an object with several templates is one finding", () => {
  const object = (labels: object): object => ({
    apiVersion: "ray.io/v1",
    kind: "RayCluster",
    metadata: { name: "r" },
    spec: {
      headGroupSpec: { template: { metadata: { labels }, spec: {} } },
      workerGroupSpecs: [{ template: { spec: {} } }],
    },
  });
  expect(evidenceOf(rule, object({ team: "a" }))).toEqual([]);
  expect(evidenceOf(rule, object({}))).toEqual(["metadata.labels: unset"]);
});

test("what a controller made is not asked: its controller's own labels are not copied", () => {
  const made = (owner: object): object => podOf({}, { ownerReferences: [{ name: "x", uid: "1", ...owner }] });
  expect(evidenceOf(rule, made({ apiVersion: "apps/v1", kind: "ReplicaSet", controller: true }))).toEqual([]);
  expect(evidenceOf(rule, made({ apiVersion: "apps/v1", kind: "ReplicaSet" }))).toHaveLength(1);
  expect(
    evidenceOf(rule, made({ apiVersion: "argoproj.io/v1alpha1", kind: "Workflow", controller: true })),
  ).toHaveLength(1);
});
