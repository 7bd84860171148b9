import { expect, test } from "vitest";
import { deployment, namespace, network, pod, policy, verdict } from "../../../test/network/build.ts";

const idsOf = (objects: readonly object[]) => network(objects).workloads.map(({ id, pods }) => `${id} ${pods.length}`);

const replicaSet = (name: string, owner?: object) => ({
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  metadata: { name, namespace: "a", ...(owner === undefined ? {} : { ownerReferences: [owner] }) },
  spec: { template: { metadata: { labels: {} }, spec: { containers: [] } } },
});

test("pods stand under their top owner, live ones for the template", () => {
  const owned = (name: string) =>
    pod(`a/${name}`, { owner: { kind: "ReplicaSet", name: "web-1" }, labels: { "pod-template-hash": "1" } });
  const web = deployment("a/web", { app: "web" });
  expect(idsOf([web])).toEqual(["a/web[Deployment] 1"]);
  const chained = replicaSet("web-1", { kind: "Deployment", name: "web", controller: true });
  expect(idsOf([web, chained, owned("x"), owned("y")])).toEqual(["a/web[Deployment] 2"]);
  expect(idsOf([web, owned("x")])).toEqual(["a/web[Deployment] 1"]);
  expect(idsOf([owned("x"), owned("y")])).toEqual(["a/web-1[ReplicaSet] 2"]);
  expect(idsOf([replicaSet("web-1")])).toEqual(["a/web-1[ReplicaSet] 1"]);
});

test("a pod without a workload for owner is its own", () => {
  expect(idsOf([pod("a/alone"), pod("a/static", { owner: { kind: "Node", name: "n1" } })])).toEqual([
    "a/alone[Pod] 1",
    "a/static[Pod] 1",
  ]);
});

test("owners that own each other end the search", () => {
  const loop = [
    replicaSet("x", { kind: "ReplicaSet", name: "y", controller: true }),
    replicaSet("y", { kind: "ReplicaSet", name: "x", controller: true }),
  ];
  expect(() => idsOf(loop)).not.toThrow();
});

test("finished Jobs and stored pod templates run nothing", () => {
  const job = (status: object) => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "once", namespace: "a" },
    spec: { template: { spec: { containers: [] } } },
    status,
  });
  const stored = {
    apiVersion: "v1",
    kind: "PodTemplate",
    metadata: { name: "t", namespace: "a" },
    template: { spec: { containers: [] } },
  };
  expect(idsOf([job({}), stored])).toEqual(["a/once[Job] 1"]);
  expect(idsOf([job({ conditions: [{ type: "Complete", status: "True" }] })])).toEqual([]);
});

test("templates have the labels their controllers add", () => {
  const set = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "a" },
    spec: { replicas: 2, template: { metadata: { labels: { app: "db" } }, spec: { containers: [] } } },
  };
  const only = { podSelector: { matchLabels: { "statefulset.kubernetes.io/pod-name": "db-1" } } };
  const admitted = (peer: object) => {
    const asked = network([
      namespace("a"),
      set,
      pod("a/target", { labels: { app: "t" } }),
      policy("a/p", { podSelector: { matchLabels: { app: "t" } }, ingress: [{ from: [peer] }] }),
    ]);
    const source = asked.workloadNamed("a/db[StatefulSet]")?.pods ?? [];
    const destination = asked.podNamed("a", "target");
    return asked.reach({
      source: { kind: "pods", pods: source },
      destination: { kind: "pods", pods: destination === undefined ? [] : [destination] },
    }).verdict;
  };
  expect(admitted(only)).toBe("allowed");
  expect(admitted({ podSelector: { matchLabels: { "statefulset.kubernetes.io/pod-name": "db-7" } } })).toBe("denied");
  expect(
    admitted({ podSelector: { matchExpressions: [{ key: "controller-revision-hash", operator: "Exists" }] } }),
  ).toBe("allowed");
});

test("a workload whose pods differ in what policies read reaches what any of them reaches", () => {
  const owner = { kind: "StatefulSet", name: "db" };
  const objects = [
    pod("a/db-0", { owner, labels: { role: "primary" } }),
    pod("a/db-1", { owner, labels: { role: "replica" } }),
    pod("a/target", { labels: { app: "t" } }),
    policy("a/p", {
      podSelector: { matchLabels: { app: "t" } },
      ingress: [{ from: [{ podSelector: { matchLabels: { role: "primary" } } }] }],
    }),
  ];
  expect(verdict(objects, "a/db-0", "a/target")).toBe("allowed");
  expect(verdict(objects, "a/db-1", "a/target")).toBe("denied");
  const asked = network(objects);
  const row = [...asked.map().rows()].find(
    ({ sources }) => asked.workloads[sources[0] ?? -1]?.id === "a/db[StatefulSet]",
  );
  expect(row?.reached.flatMap(({ workloads }) => [...workloads].map((one) => asked.workloads[one]?.id))).toContain(
    "a/target[Pod]",
  );
});
