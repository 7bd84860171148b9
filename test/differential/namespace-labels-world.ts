// A random cluster for Pod Security admission: a server with defaults and exemptions, namespaces with pods and
// controllers that were there before the namespaces were labelled.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { PodSecurityConfiguration } from "../../src/layers/workloads/pod-security/admission/admission.ts";
import { readConfiguration } from "../../src/layers/workloads/predict/read-configuration.ts";
import type { ControlPlane, ControlPlaneOptions } from "../servers/control-plane.ts";
import { waitFor } from "../servers/wait-for.ts";
import { carrierObject, POD_CARRIERS, templateOf, type PodCarrier } from "./pod-carriers.ts";
import { randomPod, type RandomPod } from "./pods/pods.ts";
import { knownTo } from "./pods/server-fields.ts";
import type { JsonObject } from "./pods/sparse.ts";

export const EXEMPT_USER = "exempt-user";
export const EXEMPT_NAMESPACE = "exempt";
const RUNTIME_CLASSES = ["exempt-class", "other-class"];
const PREFIX = "pod-security.kubernetes.io/";

const CONFIGURATION = {
  apiVersion: "pod-security.admission.config.k8s.io/v1",
  kind: "PodSecurityConfiguration",
  defaults: {
    enforce: "baseline",
    "enforce-version": "v1.30",
    audit: "restricted",
    "audit-version": "latest",
    warn: "privileged",
  },
  exemptions: { usernames: [EXEMPT_USER], namespaces: [EXEMPT_NAMESPACE], runtimeClasses: ["exempt-class"] },
};

/** What our reader makes of the same file that the server starts with. */
export function ourConfiguration(minor: number): PodSecurityConfiguration {
  const read = readConfiguration(admissionConfiguration);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { ...read.configuration, minor };
}

const admissionConfiguration = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [{ name: "PodSecurity", configuration: CONFIGURATION }],
};

export function worldOptions(version?: string): ControlPlaneOptions {
  const file = join(mkdtempSync(join(tmpdir(), "ringwall-admission-")), "admission.json");
  writeFileSync(file, JSON.stringify(admissionConfiguration));
  return {
    ...(version !== undefined && { version }),
    users: [{ name: EXEMPT_USER, groups: ["system:masters"] }],
    extraApiServerArguments: [`--admission-control-config-file=${file}`],
    auditLevel: "Metadata",
  };
}

export type Labels = Readonly<Record<string, string>>;

const LEVELS = ["privileged", "baseline", "restricted"] as const;
const version = fc.oneof(
  fc.constantFrom("latest", "v1.99"),
  fc.integer({ min: 0, max: 37 }).map((minor) => `v1.${minor}`),
);

function mode(name: string, wrong: boolean): fc.Arbitrary<Labels> {
  const levels = wrong ? fc.constantFrom(...LEVELS, ...LEVELS, ...LEVELS, "Baseline", "") : fc.constantFrom(...LEVELS);
  const versions = wrong ? fc.oneof({ weight: 8, arbitrary: version }, fc.constantFrom("v1", "1.30", "")) : version;
  return fc
    .record({ level: fc.option(levels, { freq: 3 }), version: fc.option(versions) })
    .map(({ level, version }) => ({
      ...(level === null ? {} : { [PREFIX + name]: level }),
      ...(version === null ? {} : { [`${PREFIX}${name}-version`]: version }),
    }));
}

/** Labels of all modes; where `wrong`, some that cannot be read. */
export function randomLabels(wrong: boolean): fc.Arbitrary<Labels> {
  return fc
    .tuple(mode("enforce", wrong), mode("audit", wrong), mode("warn", wrong))
    .map(([enforce, audit, warn]) => ({ ...enforce, ...audit, ...warn }));
}

/** A pod as some server of this minor takes it, now and then of a runtime class. */
export function podFor(minor: number): fc.Arbitrary<RandomPod> {
  return fc
    .record({
      pod: randomPod,
      runtimeClass: fc.constantFrom(...RUNTIME_CLASSES, ...Array.from({ length: 14 }, () => null)),
    })
    .map(({ pod, runtimeClass }) =>
      knownTo(minor, {
        ...pod,
        spec: runtimeClass === null ? pod.spec : { ...pod.spec, runtimeClassName: runtimeClass },
      }),
    );
}

export interface StoredObject {
  readonly metadata: { readonly name: string };
  readonly spec: JsonObject;
}

export interface World {
  readonly namespaces: readonly {
    readonly name: string;
    readonly labels: Labels;
    /** As the server stored them, in its order. */
    readonly pods: readonly StoredObject[];
    readonly controllers: readonly { readonly carrier: PodCarrier; readonly object: StoredObject }[];
  }[];
  readonly objects: number;
}

export interface WorldSize {
  readonly namespaces: number;
  readonly podsEach: number;
  readonly controllersEach: number;
}

/** Makes the objects where nothing is enforced, then labels the namespaces and waits until admission knows. */
export async function createWorld(
  controlPlane: ControlPlane,
  seed: number,
  minor: number,
  size: WorldSize,
): Promise<World> {
  const open = { [`${PREFIX}enforce`]: "privileged" };
  for (const name of RUNTIME_CLASSES) {
    const runtimeClass = { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name }, handler: "runc" };
    await controlPlane.request("POST", "/apis/node.k8s.io/v1/runtimeclasses", runtimeClass);
  }
  const labels = fc.sample(randomLabels(false), { seed, numRuns: size.namespaces });
  const pods = fc.sample(podFor(minor), { seed: seed + 1, numRuns: size.namespaces * size.podsEach });
  const templates = fc.sample(podFor(minor), { seed: seed + 2, numRuns: size.namespaces * size.controllersEach });
  const namespaces = await Promise.all(
    labels.map(async (labels, index) => {
      const name = index === 0 ? EXEMPT_NAMESPACE : `world-${index}`;
      await controlPlane.createNamespace(name, open);
      const own = pods.slice(index * size.podsEach, (index + 1) * size.podsEach);
      for (const [at, pod] of own.entries())
        await controlPlane.request("POST", `/api/v1/namespaces/${name}/pods`, asMade(pod, at));
      const made = templates.slice(index * size.controllersEach, (index + 1) * size.controllersEach);
      const controllers = [];
      for (const [at, pod] of made.entries()) {
        const carrier = POD_CARRIERS[(index + at) % POD_CARRIERS.length];
        if (carrier === undefined) continue;
        const path = `${carrier.apiPath}/namespaces/${name}/${carrier.resource}`;
        const object = { ...carrierObject(carrier, templateOf(carrier, pod)), metadata: { name: `made-${at}` } };
        const answer = await controlPlane.request("POST", path, object);
        if (answer.status === 201) controllers.push({ carrier, object: answer.body as StoredObject }); // as created
      }
      const list = await controlPlane.request("GET", `/api/v1/namespaces/${name}/pods`);
      return { name, labels, pods: (list.body as { items: StoredObject[] }).items, controllers }; // a PodList
    }),
  );
  await Promise.all(namespaces.map(({ name, labels }) => relabel(controlPlane, name, labels)));
  await untilAdmissionKnows(controlPlane, open);
  const objects = namespaces.reduce((sum, one) => sum + one.pods.length + one.controllers.length, 0);
  return { namespaces, objects };
}

/** Named by its place; some share a controller, some have one of their own. */
function asMade(pod: RandomPod, at: number): JsonObject {
  const name = `pod-${at}`;
  const reference = { apiVersion: "apps/v1", kind: "ReplicaSet", name: `set-${at % 2}`, controller: true };
  const ownerReferences = at % 3 === 0 ? undefined : [{ ...reference, uid: `set-${at % 2}` }];
  return { ...pod, metadata: { ...pod.metadata, name, ...(ownerReferences && { ownerReferences }) } };
}

const MERGE_PATCH = { contentType: "application/merge-patch+json" };

/** Only these labels, of ours. */
async function relabel(controlPlane: ControlPlane, name: string, labels: Labels): Promise<void> {
  const body = { metadata: { labels: { [`${PREFIX}enforce`]: null, ...labels } } };
  const answer = await controlPlane.request("PATCH", `/api/v1/namespaces/${name}`, body, MERGE_PATCH);
  if (answer.status !== 200) throw new Error(answer.text);
}

/** Namespaces come to admission in the order of their changes, so the last one it knows tells of all. */
async function untilAdmissionKnows(controlPlane: ControlPlane, open: Labels): Promise<void> {
  await controlPlane.createNamespace("last", open);
  await relabel(controlPlane, "last", { [`${PREFIX}enforce`]: "restricted" });
  const spec = { containers: [{ name: "a", image: "x" }] };
  const probe = { apiVersion: "v1", kind: "Pod", metadata: { name: "probe" }, spec };
  await waitFor("admission to see the labels of the last namespace", async () => {
    const answer = await controlPlane.request("POST", "/api/v1/namespaces/last/pods?dryRun=All", probe);
    return answer.status === 403 ? answer : undefined;
  });
}
