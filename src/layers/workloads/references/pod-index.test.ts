import fc from "fast-check";
import { expect, test } from "vitest";
import type { LabelSelector } from "../../../kubernetes/label-selector.ts";
import { createCluster } from "../../../cluster/cluster.ts";
import { readObject } from "../../../cluster/read-resource.ts";
import type { Resource } from "../../../cluster/resource.ts";
import { isSelected } from "./pod-index.ts";
import { relationsOf } from "./relations.ts";

function resourceOf(object: object): Resource {
  const read = readObject(object, "default");
  if (read.kind !== "object") throw new Error(read.kind);
  return { ...read, provenance: { kind: "file", file: "a.yaml" }, locate: () => undefined };
}

function carrier(kind: string, name: string, labels: object, namespace = "default"): Resource {
  const metadata = { name, namespace };
  if (kind === "Pod") return resourceOf({ apiVersion: "v1", kind, metadata: { ...metadata, labels }, spec: {} });
  const apiVersion = kind === "Job" ? "batch/v1" : "apps/v1";
  return resourceOf({ apiVersion, kind, metadata, spec: { template: { metadata: { labels }, spec: {} } } });
}

const keys = ["app", "tier", "job-name", "statefulset.kubernetes.io/pod-name", "pod-template-hash"];
const values = ["a", "b", "a-0", "b-12"];
const labels = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...values), { maxKeys: 3 });
const operators = fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist");
const selectors: fc.Arbitrary<LabelSelector> = fc.record({
  matchLabels: labels,
  matchExpressions: fc.array(
    fc
      .record({ key: fc.constantFrom(...keys), operator: operators })
      .chain(({ key, operator }) =>
        fc
          .subarray(values, { minLength: 1 })
          .map((list) => ({ key, operator, values: operator.endsWith("In") ? list : [] })),
      ),
    { maxLength: 2 },
  ),
});
const carriers = fc.array(
  fc.tuple(
    fc.constantFrom("Pod", "Deployment", "StatefulSet", "Job"),
    fc.constantFrom("a", "b"),
    labels,
    fc.constantFrom("one", "two"),
  ),
  { maxLength: 12 },
);

test("the index finds what looking at every pod finds", () => {
  fc.assert(
    fc.property(carriers, selectors, (list, selector) => {
      const resources = list.map(([kind, name, own, namespace], index) =>
        carrier(kind, kind === "Pod" ? `${name}-${index}` : name, own, namespace),
      );
      const { pods } = relationsOf(createCluster(resources));
      const found = pods.select("one", selector);
      const naive = pods.in("one").filter((entry) => isSelected(entry, selector));
      expect(found).toEqual(naive);
      expect(pods.in(undefined)).toHaveLength(resources.length);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("labels that controllers stamp belong to their own pods only", () => {
  const { pods } = relationsOf(
    createCluster([
      carrier("StatefulSet", "db", { app: "x" }),
      carrier("Job", "load", { app: "x" }),
      carrier("Deployment", "web", { app: "x" }),
    ]),
  );
  const names = (matchLabels: { readonly [key: string]: string }): readonly string[] =>
    pods.select("default", { matchLabels }).map(({ resource }) => resource.id.name);
  expect(names({ "statefulset.kubernetes.io/pod-name": "db-0" })).toEqual(["db"]);
  expect(names({ "statefulset.kubernetes.io/pod-name": "db-x" })).toEqual([]);
  expect(names({ "job-name": "load" })).toEqual(["load"]);
  expect(names({ "batch.kubernetes.io/job-name": "load-1" })).toEqual([]);
  expect(names({ app: "x", "pod-template-hash": "5d4" })).toEqual(["web"]);
  expect(names({ app: "x" })).toEqual(["db", "load", "web"]);
});

test("a PodTemplate runs nothing", () => {
  const template = resourceOf({
    apiVersion: "v1",
    kind: "PodTemplate",
    metadata: { name: "t" },
    template: { spec: {} },
  });
  expect(relationsOf(createCluster([template])).pods.in("default")).toEqual([]);
});

test("labels of somebody's controller that no pod of the namespace has cannot be decided", () => {
  const { pods } = relationsOf(createCluster([carrier("Pod", "p", { "cnpg.io/cluster": "orders", app: "x" })]));
  const isUndecidable = (matchLabels: { readonly [key: string]: string }): boolean =>
    pods.isUndecidable("default", { matchLabels });
  expect(isUndecidable({ "strimzi.io/cluster": "orders" })).toBe(true);
  expect(isUndecidable({ "cnpg.io/cluster": "other" })).toBe(false);
  expect(isUndecidable({ "app.kubernetes.io/name": "web", tier: "a" })).toBe(false);
});
