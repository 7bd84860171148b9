import fc from "fast-check";
import { expect, test } from "vitest";
import { createCluster, type Cluster } from "./cluster.ts";
import { keyOf } from "./resource-id.ts";
import type { Resource } from "./resource.ts";

const kinds = ["Pod", "Service", "Namespace"] as const;

function resource(kind: string, namespace: string, name: string, label: string, owner?: string): Resource {
  const ownerReferences = owner === undefined ? [] : [{ kind: "Deployment", name: owner, controller: true }];
  return {
    id: { apiVersion: "v1", group: "", kind, namespace: kind === "Namespace" ? "" : namespace, name },
    object: { apiVersion: "v1", kind, metadata: { name, namespace, labels: { app: label }, ownerReferences } },
    provenance: { kind: "file", file: "f" },
    locate: () => undefined,
  };
}

const arbitrary = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.constantFrom("a", "b"),
    fc.constantFrom("x", "y", "z"),
    fc.constantFrom("1", "2"),
    fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
  )
  .map((fields) => resource(...fields));

function shapeOf(cluster: Cluster): unknown {
  const names = (resources: readonly Resource[]): readonly string[] =>
    resources.map(({ id, object }) => `${keyOf(id)}#${object.metadata?.labels?.["app"]}`).sort();
  return {
    all: names(cluster.resources),
    kinds: kinds.map((kind) => names(cluster.ofKind("", kind))),
    namespaces: cluster.namespaces.map((namespace) => [namespace, names(cluster.inNamespace(namespace))]),
    labels: ["1", "2"].map((value) => names(cluster.withLabel("app", value))),
    got: cluster.resources.map(({ id }) => `${keyOf(id)}#${cluster.get(id)?.object.metadata?.labels?.["app"]}`).sort(),
  };
}

test("a cluster with changes equals one built anew", () => {
  fc.assert(
    fc.property(fc.array(arbitrary), fc.array(arbitrary), fc.array(arbitrary), (before, put, removed) => {
      const remove = removed.map(({ id }) => id);
      const unique = [...new Map(before.map((one) => [keyOf(one.id), one])).values()];
      const putLast = [...new Map(put.map((one) => [keyOf(one.id), one])).values()];
      const changed = createCluster(unique).withChanges({ put: putLast, remove });
      const gone = new Set(remove.map(keyOf));
      const replaced = new Map(putLast.map((one) => [keyOf(one.id), one]));
      const rebuilt = createCluster([
        ...unique.filter(({ id }) => !gone.has(keyOf(id)) && !replaced.has(keyOf(id))),
        ...putLast,
      ]);
      expect(shapeOf(changed)).toEqual(shapeOf(rebuilt));
    }),
    { seed: 1 },
  );
});

test("the snapshot before a change stays as it was", () => {
  const cluster = createCluster([resource("Pod", "a", "x", "1")]);
  cluster.withChanges({ remove: [{ group: "", kind: "Pod", namespace: "a", name: "x" }] });
  expect(cluster.resources).toHaveLength(1);
});

test("what a controller owns is found by its name where there is no uid", () => {
  const deployment: Resource = {
    ...resource("Deployment", "a", "x", "1"),
    id: { apiVersion: "apps/v1", group: "apps", kind: "Deployment", namespace: "a", name: "x" },
  };
  const cluster = createCluster([
    deployment,
    resource("Pod", "a", "p", "1", "x"),
    resource("Pod", "b", "q", "1", "x"),
    resource("Pod", "a", "r", "1"),
  ]);
  expect(cluster.ownedBy(deployment).map(({ id }) => id.name)).toEqual(["p"]);
});

test("of two resources with one identity, relations see the last", () => {
  const cluster = createCluster([resource("Pod", "a", "x", "1"), resource("Pod", "a", "x", "2")]);
  expect(cluster.resources).toHaveLength(2);
  expect(cluster.get({ group: "", kind: "Pod", namespace: "a", name: "x" })?.object.metadata?.labels?.["app"]).toBe(
    "2",
  );
});
