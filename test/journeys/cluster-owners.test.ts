// What controllers make, on a whole cluster: a Deployment is one resource however many pods it has, and what only its
// pods have is told of it.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { serversUnavailable, testWithServers } from "../servers/availability.ts";
import { serverBinary } from "../servers/build.ts";
import { CLUSTER_COMPONENTS, startCluster } from "../servers/cluster.ts";
import type { ControlPlane } from "../servers/control-plane.ts";
import { waitFor } from "../servers/wait-for.ts";
import { collectionOf, create, object, podSpec, workload } from "./live-objects.ts";
import { injectSidecars, INJECT, type Webhook } from "./mutating-webhook.ts";
import { identitiesOf, scanned, type ScanReport } from "./scan-report.ts";

const REPLICAS = 50;
const RULE = ["--rule", "workloads/privileged-container,workloads/host-network"];
const components = CLUSTER_COMPONENTS;
const BUILD_MILLISECONDS = 20 * 60_000;

let plane: ControlPlane;
let webhook: Webhook | undefined;

const many = workload("Deployment", "many", podSpec(true), { replicas: REPLICAS });
const mesh = {
  ...workload("Deployment", "mesh", podSpec(), {}),
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "mesh" } },
    template: { metadata: { labels: { app: "mesh", ...INJECT } }, spec: podSpec() },
  },
};
const owned = workload("Deployment", "owned", podSpec(true, { hostPID: true }), { replicas: 2 });
/** Its own label says whose it is; its pods have none. */
const team = { ...owned, metadata: { ...owned.metadata, labels: { team: "shop" } } };
const drift = workload("Deployment", "drift", podSpec(true), { replicas: 2 });
const left = workload("Deployment", "left", podSpec(true), { replicas: 1 });
const nightly = object("batch/v1", "CronJob", "nightly", {
  spec: {
    schedule: "0 3 * * *",
    suspend: true,
    jobTemplate: { spec: { template: { spec: podSpec(true, { restartPolicy: "Never" }) } } },
  },
});

beforeAll(async () => {
  if (serversUnavailable(components) !== undefined) return;
  plane = await startCluster();
  webhook = await injectSidecars(plane, {
    name: "proxy",
    image: "registry.example/proxy:1.0",
    securityContext: { privileged: true },
  });
  await plane.createNamespace("shop");
  await create(plane, many, mesh, team, drift, left, nightly, workload("DaemonSet", "agent", podSpec(true)));
  await create(plane, object("v1", "Pod", "alone", { spec: podSpec(true) }), await mirrorPod(), await manualJob());
  await untilRunning(REPLICAS + 2 + 2 + 2 + 1 + 1 + 2);
  await fixTemplateButHold();
  await orphan();
}, BUILD_MILLISECONDS);
afterAll(async () => {
  webhook?.close();
  await plane?.stop();
});

async function uidOf(path: string): Promise<string> {
  const { body } = await plane.request("GET", path);
  return (body as { readonly metadata: { readonly uid: string } }).metadata.uid; // every object has one
}

/** The mirror that a kubelet makes of a static pod. */
async function mirrorPod(): Promise<ReturnType<typeof object>> {
  const uid = await uidOf("/api/v1/nodes/node-0");
  const pod = object("v1", "Pod", "static-node-0", { spec: podSpec(true, { nodeName: "node-0", hostNetwork: true }) });
  const ownerReferences = [{ apiVersion: "v1", kind: "Node", name: "node-0", uid, controller: true }];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      annotations: { "kubernetes.io/config.mirror": "x" },
      ownerReferences,
    } as typeof pod.metadata,
  };
}

/** What `kubectl create job --from=cronjob/nightly` makes. */
async function manualJob(): Promise<ReturnType<typeof object>> {
  const uid = await uidOf(`${collectionOf(nightly)}/nightly`);
  const job = object("batch/v1", "Job", "nightly-1", {
    spec: { template: { spec: podSpec(true, { restartPolicy: "Never" }) } },
  });
  const ownerReferences = [{ apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid, controller: true }];
  return { ...job, metadata: { ...job.metadata, ownerReferences } as typeof job.metadata };
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status?: { readonly phase?: string };
  }[];
}

async function untilRunning(count: number): Promise<void> {
  await waitFor(
    `${count} pods to run`,
    async () => {
      const { items } = (await plane.request("GET", "/api/v1/namespaces/shop/pods")).body as PodList; // a PodList
      const running = items.filter(({ status }) => status?.phase === "Running").length;
      return running >= count ? "running" : undefined;
    },
    120_000,
  );
}

/** The template is mended, but the roll-out is paused: pods of the older one go on. */
async function fixTemplateButHold(): Promise<void> {
  const path = `${collectionOf(drift)}/drift`;
  const { body } = await plane.request("GET", path);
  const current = body as { readonly spec: { readonly template: object } }; // the Deployment
  const spec = { ...current.spec, paused: true, template: { ...current.spec.template, spec: podSpec() } };
  const answer = await plane.request("PUT", path, { ...current, spec });
  if (answer.status !== 200) throw new Error(answer.text);
}

/** Deletes a Deployment and leaves its ReplicaSet and pods. */
async function orphan(): Promise<void> {
  await plane.request("DELETE", `${collectionOf(left)}/left?propagationPolicy=Orphan`);
  await waitFor("the Deployment to be gone", async () =>
    (await plane.request("GET", `${collectionOf(left)}/left`)).status === 404 ? "gone" : undefined,
  );
}

/** `Deployment many, 50 of 50, ORIGIN`: each finding of one rule. */
function lines({ findings }: ScanReport, rule = "workloads/privileged-container"): readonly string[] {
  return findings
    .filter((one) => one.rule === rule)
    .map(({ resource: { kind, name }, instances, origin, evidence }) => {
      const by = evidence[0]?.resource;
      return [
        `${kind} ${name}`,
        ...(instances ? [`${instances.count} of ${instances.total}`] : []),
        ...(origin === undefined ? [] : [origin.replace(/-[0-9a-f]{6,10}\b/, "-HASH")]),
        ...(by === undefined ? [] : [by.kind]),
      ].join(", ");
    })
    .sort();
}

const EXPECTED = [
  "CronJob nightly, 1 of 1",
  "DaemonSet agent, 1 of 1",
  `Deployment drift, 2 of 2, from ReplicaSet shop/drift-HASH, an older template that still runs, Pod`,
  `Deployment many, ${REPLICAS} of ${REPLICAS}`,
  "Deployment mesh, 2 of 2, not in the template, Pod",
  "Deployment owned, 2 of 2",
  "Pod alone",
  "Pod static-node-0, static pod of node node-0",
  "ReplicaSet left-HASH, 1 of 1",
];
/** A Job may have ended by the time it is looked at: then nothing of it runs. */
const settled = (text: readonly string[]): readonly string[] =>
  text.map((line) =>
    line.replace(/^CronJob nightly.*/, "CronJob nightly, 1 of 1").replace(/^(ReplicaSet left)-[0-9a-f]+/, "$1-HASH"),
  );

testWithServers(
  "each resource answers for all that is made of it",
  async () => {
    const { report } = await scanned(["--kubeconfig", plane.adminKubeconfigPath, "-n", "shop", ...RULE]);
    expect(settled(lines(report))).toEqual(EXPECTED);
    expect(lines(report, "workloads/host-network")).toEqual(["Pod static-node-0, static pod of node node-0"]);
    expect(report.incomplete).toEqual([]);
    const injected = report.findings.find(({ resource }) => resource.name === "mesh");
    expect(injected?.evidence[0]?.path).toBe("spec.containers[1].securityContext.privileged");
    // What a webhook writes into a new object is in nobody's managedFields.
    expect(injected?.evidence[0]?.setBy).toBeUndefined();
    expect(injected?.evidence[0]?.resource?.name).toMatch(/^mesh-/);
    expect(report.summary.resources).toBeLessThan(report.summary.objects - REPLICAS);
    // A fingerprint is that of the manifest.
    const file = await scanned(["-", ...RULE], { input: JSON.stringify(many) });
    const ids = (one: ScanReport): readonly string[] =>
      one.findings.filter(({ resource }) => resource.name === "many").map(({ id }) => id);
    expect(ids(report)).toEqual(ids(file.report));
  },
  { components, timeout: BUILD_MILLISECONDS },
);

testWithServers(
  "what controllers make adds nothing to what a manifest's own fields say, by any rule of workloads",
  async () => {
    const layer = ["--layer", "workloads"];
    const live = await scanned(["--kubeconfig", plane.adminKubeconfigPath, "-n", "shop", ...layer]);
    const sources = [many, team];
    const names = new Set(sources.map(({ metadata }) => metadata.name));
    const foundIn = ({ findings }: ScanReport): readonly string[] =>
      findings
        .filter(({ resource: { kind, name } }) => kind === "Deployment" && names.has(name))
        .filter(({ rule }) => rule !== "workloads/disruption-budget-missing") // said of whole clusters only
        .map(({ resource, rule, id, origin }) => [resource.name, rule, id, origin ?? ""].join(" "))
        .sort();
    const flags = ["-", ...layer, "--kubernetes-version", plane.version];
    const files = await scanned(flags, { input: sources.map((one) => JSON.stringify(one)).join("\n---\n") });
    expect(foundIn(live.report)).toEqual(foundIn(files.report));
    expect(foundIn(live.report).length).toBeGreaterThan(20);
    expect(live.report.findings.filter(({ instances }) => instances?.count === 0)).toEqual([]);
  },
  { components, timeout: BUILD_MILLISECONDS },
);

testWithServers(
  "a list made by kubectl collapses in the same way",
  async () => {
    const kubectl = await serverBinary("kubectl");
    const kinds = "pods,replicasets,deployments,daemonsets,jobs,cronjobs";
    const flags = ["--kubeconfig", plane.adminKubeconfigPath, "get", kinds, "-n", "shop", "-o", "json"];
    const { stdout } = await promisify(execFile)(kubectl, flags, { maxBuffer: 256 * 1024 * 1024 });
    const listed = await scanned(["-", ...RULE], { input: stdout });
    expect(settled(lines(listed.report))).toEqual(EXPECTED);
    const live = await scanned(["--kubeconfig", plane.adminKubeconfigPath, "-n", "shop", ...RULE]);
    expect(identitiesOf(listed.report)).toEqual(identitiesOf(live.report));
  },
  { components, timeout: BUILD_MILLISECONDS },
);
