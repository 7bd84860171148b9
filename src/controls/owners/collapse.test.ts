import { fingerprintOf } from "../../verdicts/finding.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Provenance } from "../../cluster/resource.ts";
import type { RunResult } from "../run.ts";
import { createRun } from "../run.ts";
import { RULES } from "../registry.generated.ts";
import { createScope } from "../scope.ts";

const server: Provenance = { kind: "server", server: "https://server", resourceVersion: "1" };
const PRIVILEGED = "workloads/privileged-container";

interface Made {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly uid: string };
}

function made(apiVersion: string, kind: string, name: string, fields: object, owner?: Made): Made {
  const reference = owner && {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
  };
  const metadata = {
    name,
    namespace: "shop",
    uid: `${kind}-${name}`,
    ...(reference && { ownerReferences: [reference] }),
  };
  return { apiVersion, kind, metadata, ...fields };
}

const container = (name: string, isPrivileged: boolean) => ({
  name,
  image: "x:1",
  ...(isPrivileged && { securityContext: { privileged: true } }),
});
const podSpec = (...privileged: readonly string[]) => ({
  containers: ["main", ...privileged.filter((name) => name !== "main")].map((name) =>
    container(name, privileged.includes(name)),
  ),
});
const template = (...privileged: readonly string[]) => ({ template: { spec: podSpec(...privileged) } });
const deployment = (name: string, ...privileged: readonly string[]) =>
  made("apps/v1", "Deployment", name, { spec: template(...privileged) });
const replicaSet = (name: string, owner: Made | undefined, replicas: number, ...privileged: readonly string[]) =>
  made("apps/v1", "ReplicaSet", name, { spec: { replicas, ...template(...privileged) }, status: { replicas } }, owner);
const pod = (name: string, owner: Made | undefined, ...privileged: readonly string[]) =>
  made("v1", "Pod", name, { spec: podSpec(...privileged), status: { phase: "Running" } }, owner);

function run(objects: readonly object[], kinds: readonly string[] = [], provenance = server): RunResult {
  const { isInScope } = createScope({ includeNamespaces: [], excludeNamespaces: [], kinds });
  const rules = RULES.filter(({ id }) => id === PRIVILEGED);
  const one = createRun({ rules, minor: 36, defaultNamespace: "default", isInScope });
  for (const object of objects) one.add(structuredClone(object), () => undefined, provenance);
  return one.finish();
}

const brief = ({ findings }: RunResult): unknown =>
  findings
    .map(({ resource, key, instances, origin, evidence }) => {
      const other = evidence[0]?.resource;
      return [
        `${resource.kind}/${resource.name} ${key}`,
        ...(instances && instances.total > 0 ? [`${instances.count} of ${instances.total}`] : []),
        ...(origin ? [origin.id] : []),
        ...(other ? [other.kind] : []),
      ].join(", ");
    })
    .sort();

const tally = ({ tallies }: RunResult) => [...tallies.values()].map(({ pass, fail }) => ({ pass, fail }))[0];

test("a Deployment with 300 pods is one resource, with the finding its manifest has", () => {
  const web = deployment("web", "main");
  const set = replicaSet("web-1", web, 300, "main");
  const pods = Array.from({ length: 300 }, (_, index) => pod(`web-1-${index}`, set, "main"));
  const live = run([web, set, ...pods]);
  expect(brief(live)).toEqual(["Deployment/web main, 300 of 300"]);
  expect(live).toMatchObject({ objects: 302, resources: 1, workloads: 1 });
  expect(tally(live)).toEqual({ pass: 0, fail: 1 });
  const { metadata: _, ...rest } = web;
  const manifest = run([{ ...rest, metadata: { name: "web", namespace: "shop" } }], [], {
    kind: "file",
    file: "web.yaml",
  });
  expect(live.findings.map(fingerprintOf)[0]).toBe(manifest.findings.map(fingerprintOf)[0]);
});

test("whatever comes first, the answer is the same", () => {
  const web = deployment("web");
  const oldSet = replicaSet("web-1", web, 1, "main");
  const newSet = replicaSet("web-2", web, 2);
  const nightly = made("batch/v1", "CronJob", "nightly", { spec: { jobTemplate: { spec: template("main") } } });
  const job = made("batch/v1", "Job", "nightly-1", { spec: template("main") }, nightly);
  const objects = [
    web,
    oldSet,
    newSet,
    nightly,
    job,
    pod("web-1-a", oldSet, "main"),
    pod("web-2-a", newSet, "proxy"),
    pod("web-2-b", newSet),
    pod("nightly-1-a", job, "main"),
    pod("alone", undefined, "main"),
    pod("lost", replicaSet("gone", undefined, 1), "main"),
  ];
  const inOrder = run(objects);
  expect(brief(inOrder)).toEqual([
    "CronJob/nightly main, 1 of 1",
    "Deployment/web main, 1 of 3, origin.older-template, Pod",
    "Deployment/web proxy, 1 of 3, origin.not-in-template, Pod",
    "Pod/alone main",
    "Pod/lost main, origin.orphan",
  ]);
  expect(inOrder).toMatchObject({ objects: 11, resources: 4, workloads: 4 });
  expect(tally(inOrder)).toEqual({ pass: 0, fail: 4 });
  fc.assert(
    fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (shuffled) => {
      const result = run(shuffled);
      expect(brief(result)).toEqual(brief(inOrder));
      expect(tally(result)).toEqual(tally(inOrder));
      expect([result.resources, result.workloads]).toEqual([4, 4]);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("what is kept for a rollback, or has ended, is past", () => {
  const web = deployment("web");
  const kept = replicaSet("web-0", web, 0, "main");
  const nightly = made("batch/v1", "CronJob", "nightly", { spec: { jobTemplate: { spec: template() } } });
  const conditions = [{ type: "Complete", status: "True" }];
  const job = made("batch/v1", "Job", "nightly-1", { spec: template("main"), status: { conditions } }, nightly);
  const ended = { ...pod("nightly-1-a", job, "main"), status: { phase: "Succeeded" } };
  const revision = made(
    "apps/v1",
    "ControllerRevision",
    "db-1",
    { data: { spec: template("main") } },
    {
      ...web,
      kind: "StatefulSet",
    },
  );
  const result = run([web, kept, nightly, job, ended, revision]);
  expect(brief(result)).toEqual([]);
  expect(result.gaps).toEqual([]);
  expect(result).toMatchObject({ objects: 6, resources: 2, workloads: 2 });
  expect(tally(result)).toEqual({ pass: 2, fail: 0 });
  // Without its controller it is nobody's history.
  expect(brief(run([kept]))).toEqual(["ReplicaSet/web-0 main, origin.orphan"]);
});

test("a static pod stands for itself, on its node", () => {
  const node = made("v1", "Node", "node-7", {});
  const mirror = pod("kube-proxy-node-7", node, "main");
  const metadata = { ...mirror.metadata, annotations: { "kubernetes.io/config.mirror": "x" } };
  const result = run([node, { ...mirror, metadata }]);
  expect(brief(result)).toEqual(["Pod/kube-proxy-node-7 main, origin.static-pod"]);
  expect(result.findings[0]?.origin?.arguments).toEqual({ node: "node-7" });
});

test("selected kinds answer for what is below them, and only they", () => {
  const web = deployment("web");
  const set = replicaSet("web-1", web, 1);
  const objects = [web, set, pod("web-1-a", set, "proxy"), pod("alone", undefined, "main")];
  expect(brief(run(objects, ["Deployment"]))).toEqual(["Deployment/web proxy, 1 of 1, origin.not-in-template, Pod"]);
  expect(brief(run(objects, ["ReplicaSet"]))).toEqual(["ReplicaSet/web-1 proxy, 1 of 1, origin.not-in-template, Pod"]);
  expect(brief(run(objects, ["Pod"]))).toEqual(["Pod/alone main", "Pod/web-1-a proxy"]);
  expect(brief(run(objects, ["CronJob"]))).toEqual([]);
});

test("owners in a circle answer for themselves at last", () => {
  const a = replicaSet(
    "a",
    { ...deployment("x"), kind: "ReplicaSet", metadata: { name: "b", uid: "ReplicaSet-b" } },
    1,
  );
  const b = replicaSet("b", a, 1, "main");
  expect(run([a, b]).findings).toHaveLength(1);
});

test("twins are counted as if each had been asked about", () => {
  const web = deployment("web");
  const set = replicaSet("web-6b7f", web, 9);
  const kinds = [[], ["main"], ["proxy"], ["main", "proxy"]] as const;
  const suffix = fc
    .array(fc.constantFrom(..."abcdefgh"), { minLength: 5, maxLength: 5 })
    .map((letters) => letters.join(""));
  const arbitrary = fc.uniqueArray(
    fc.record({ suffix, kind: fc.nat(3), node: fc.constantFrom("node-one", "node-two") }),
    {
      selector: (one) => one.suffix,
    },
  );
  fc.assert(
    fc.property(arbitrary, (drawn) => {
      const pods = drawn.map(({ suffix: name, kind, node }) => {
        const made = pod(`web-6b7f-${name}`, set, ...(kinds[kind] ?? []));
        return { ...made, spec: { ...podSpec(...(kinds[kind] ?? [])), nodeName: node, hostname: made.metadata.name } };
      });
      const told = pods.map((one, index) => ({
        ...one,
        metadata: { ...one.metadata, annotations: { number: String(index) } },
      }));
      const counted = run([web, set, ...pods]);
      const asked = run([web, set, ...told]);
      expect(counted.findings.map(({ evidence }) => evidence)).toEqual(asked.findings.map(({ evidence }) => evidence));
      expect(brief(counted)).toEqual(brief(asked));
      expect([counted.resources, counted.workloads, tally(counted)]).toEqual([
        asked.resources,
        asked.workloads,
        tally(asked),
      ]);
    }),
    { seed: 1 },
  );
});

test("a copy of a template says nothing new, what differs from it does", () => {
  const kinds = [[], ["main"], ["proxy"], ["main", "proxy"]];
  const arbitrary = fc.record({
    ofDeployment: fc.constantFrom(...kinds),
    ofSet: fc.constantFrom(...kinds),
    ofCronJob: fc.constantFrom(...kinds),
    ofJob: fc.constantFrom(...kinds),
    pods: fc.array(fc.constantFrom(...kinds), { maxLength: 4 }),
  });
  const withMetadata = (privileged: readonly string[], metadata: object) => ({
    template: { metadata, spec: podSpec(...privileged) },
  });
  const cluster = (drawn: typeof arbitrary extends fc.Arbitrary<infer T> ? T : never, annotations: object) => {
    const spec = (names: readonly string[]) => withMetadata(names, { labels: { app: "web" } });
    const web = made("apps/v1", "Deployment", "web", { spec: spec(drawn.ofDeployment) });
    const labels = { app: "web", "pod-template-hash": "6b7f" };
    const set = made(
      "apps/v1",
      "ReplicaSet",
      "web-6b7f",
      {
        spec: { replicas: 4, ...withMetadata(drawn.ofSet, { labels, annotations, creationTimestamp: null }) },
      },
      web,
    );
    const nightly = made("batch/v1", "CronJob", "nightly", {
      spec: { jobTemplate: { spec: template(...drawn.ofCronJob) } },
    });
    const added = { "job-name": "nightly-1", "batch.kubernetes.io/job-name": "nightly-1", "controller-uid": "1" };
    const job = made(
      "batch/v1",
      "Job",
      "nightly-1",
      { spec: withMetadata(drawn.ofJob, { labels: added, annotations }) },
      nightly,
    );
    return [web, nightly, set, job, ...drawn.pods.map((names, index) => pod(`web-6b7f-${index}`, set, ...names))];
  };
  fc.assert(
    fc.property(arbitrary, (drawn) => {
      const skipped = run(cluster(drawn, {}));
      const asked = run(cluster(drawn, { note: "no copy" }));
      expect(skipped.findings.map(({ evidence }) => evidence)).toEqual(asked.findings.map(({ evidence }) => evidence));
      expect(brief(skipped)).toEqual(brief(asked));
      expect([skipped.resources, skipped.workloads, tally(skipped)]).toEqual([
        asked.resources,
        asked.workloads,
        tally(asked),
      ]);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("what a label has for a name is not lost where a field has it", () => {
  const spec = podSpec("main");
  const web = made("apps/v1", "Deployment", "web", { spec: { template: { spec: podSpec() } } });
  const selects = (value: string) => ({ ...spec, nodeSelector: { "pod-template-hash": value } });
  const set = made("apps/v1", "ReplicaSet", "web-1", { spec: { replicas: 1, template: { spec: selects("a") } } }, web);
  expect(brief(run([web, set]))).toEqual(["Deployment/web main, origin.older-template, ReplicaSet"]);
});

test("another namespace's controller is nobody's template", () => {
  const web = deployment("web", "main");
  const set = replicaSet("web-1", web, 1, "main");
  const elsewhere = { ...set, metadata: { ...set.metadata, namespace: "other" } };
  expect(brief(run([web, elsewhere]))).toEqual(["Deployment/web main", "ReplicaSet/web-1 main, origin.orphan"]);
});
