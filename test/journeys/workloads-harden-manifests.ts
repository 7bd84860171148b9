// The workloads of real projects, hardened by the program and put before a real API server that enforces the level.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readObject } from "../../src/cluster/read-resource.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { valueAt } from "../../src/kubernetes/path.ts";
import { podTemplatesOf } from "../../src/kubernetes/pod-template.ts";
import { readManifestFile } from "../../src/sources/manifests/manifest-source.ts";
import { walkTarget } from "../../src/sources/manifests/walk-targets.ts";
import { oraclePath } from "../oracles/oracle.ts";
import { POD_CARRIERS } from "../differential/pod-carriers.ts";
import type { ControlPlane } from "../servers/control-plane.ts";
import { applyPatch } from "../strategic-merge.ts";
import { ringwall } from "./program.ts";

export interface Sample {
  readonly level: "baseline" | "restricted";
  /** Every how many-th workload is sent. */
  readonly each: number;
}

export interface Outcome {
  readonly workloads: number;
  readonly sent: number;
  readonly admitted: number;
  readonly hardened: number;
  readonly undecided: number;
  /** Whole objects (built-in kinds, versions the server serves) that were taken too. */
  readonly objects: number;
  readonly patched: number;
  /** Not taken even where nothing is enforced: overlays without an image, obsolete fields. */
  readonly incomplete: number;
  readonly differences: readonly string[];
}

interface ReportedWorkload {
  readonly resource: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly file: string;
  readonly line: number;
  readonly state: "admitted" | "hardened" | "undecided" | "made";
  readonly patch?: object;
  readonly questions: readonly { readonly text: string }[];
}

/** Needs the namespace `enforcing` of {@link enforce}. */
export async function hardenManifests(controlPlane: ControlPlane, { level, each }: Sample): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "ringwall-harden-"));
  const input = join(folder, "input");
  try {
    mkdirSync(input);
    execFileSync("tar", ["-xzf", oraclePath("manifests/manifests.tar.gz"), "-C", input]);
    const yaml = join(folder, "hardened.yaml");
    const json = join(folder, "hardened.json");
    const version = `1.${controlPlane.version.split(".")[1]}`;
    const flags = ["--level", level, "--kubernetes-version", version, "-o", `json=${json}`, "-o", `yaml=${yaml}`];
    const run = await ringwall(["workloads", "harden", ".", ...flags], { directory: input });
    if (run.code !== 1) throw new Error(`exit ${run.code}: ${run.stderr}`);
    const report = JSON.parse(readFileSync(json, "utf8")) as { workloads: ReportedWorkload[] }; // our own JSON
    const documents = (await objectsIn(yaml)).filter(({ kind }) => kind !== "Namespace");
    return await judge(controlPlane, report.workloads, documents, await originalsIn(input), each);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(
  controlPlane: ControlPlane,
  workloads: readonly ReportedWorkload[],
  documents: readonly KubernetesObject[],
  originals: ReadonlyMap<string, KubernetesObject>,
  each: number,
): Promise<Outcome> {
  const tally = {
    workloads: workloads.length,
    sent: 0,
    admitted: 0,
    hardened: 0,
    undecided: 0,
    incomplete: 0,
    objects: 0,
    patched: 0,
  };
  const differences: string[] = [];
  let next = 0;
  for (const [index, workload] of workloads.entries()) {
    const { state, resource, questions } = workload;
    const what = `${state} ${resource.kind} ${resource.namespace}/${resource.name} (${workload.file}:${workload.line})`;
    const original = originals.get(`${workload.file}:${workload.line}`);
    if (original === undefined) throw new Error(`no object for ${what}`);
    const hardened = state === "hardened" ? documents[next++] : original;
    if (hardened === undefined) throw new Error(`no document for ${what}`);
    if (index % each !== 0 || state === "made") continue;
    tally.sent++;
    tally[state]++;
    if (state === "undecided" && questions.every(({ text }) => text === "")) differences.push(`${what}: no reason`);
    const refusals = await refusedPods(controlPlane, hardened);
    const isRefused = refusals.some((text) => text.includes("violates PodSecurity"));
    if (refusals.length > 0 && !isRefused && (await refusedPods(controlPlane, original, "open")).length > 0) {
      tally.incomplete++;
      continue;
    }
    if (state === "undecided" ? !isRefused : refusals.length > 0)
      differences.push(`${what}: ${refusals.join("; ") || "taken as it is"}`);
    if (state === "undecided") continue;
    const answer = await sendObject(controlPlane, hardened);
    if (answer === "taken") tally.objects++;
    else if (answer !== undefined && (await sendObject(controlPlane, original, "open")) === "taken")
      differences.push(`${what}: ${answer}`);
    if (workload.patch === undefined) continue;
    tally.patched++;
    const patched = applyPatch(original, workload.patch) as KubernetesObject; // a patched object is one
    if (JSON.stringify(podsIn(patched)) !== JSON.stringify(podsIn(hardened))) {
      if (JSON.stringify(sorted(podsIn(patched))) !== JSON.stringify(sorted(podsIn(hardened))))
        differences.push(`${what}: the patch makes something else`);
    }
  }
  return { ...tally, differences };
}

/** A namespace that enforces the level and warns of it, and one that asks for nothing. */
export async function enforce(controlPlane: ControlPlane, level: string): Promise<void> {
  const labels = { "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/warn": level };
  await controlPlane.createNamespace("enforcing", labels);
  await controlPlane.createNamespace("open", { "pod-security.kubernetes.io/enforce": "privileged" });
}

interface Pod {
  readonly metadata: object;
  readonly spec: object;
}

function podsIn(object: KubernetesObject): readonly Pod[] {
  return podTemplatesOf(object).map(({ path }) => valueAt(object, path) as Pod); // the program narrowed it
}

/** What the server says of each pod that it refuses, for whatever reason. */
async function refusedPods(
  controlPlane: ControlPlane,
  object: KubernetesObject,
  namespace = "enforcing",
): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const { metadata, spec } of podsIn(object)) {
    const { labels, annotations } = (metadata ?? {}) as Record<string, unknown>; // of a template
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "probe", labels, annotations }, spec: alone(spec) };
    const answer = await controlPlane.request("POST", `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
    if (answer.status !== 201) refusals.push((answer.body as { message: string }).message); // a Status
  }
  return refusals;
}

/** Without what points at objects that this server does not have, and as a pod by itself may be. */
function alone(spec: object): object {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !ELSEWHERE.has(field)));
}

const ELSEWHERE: ReadonlySet<string> = new Set([
  "nodeName",
  "priority",
  "priorityClassName",
  "runtimeClassName",
  "serviceAccount",
  "serviceAccountName",
]);

/** `taken`, or what the server said; `undefined` for kinds and versions it does not serve. */
async function sendObject(
  controlPlane: ControlPlane,
  object: KubernetesObject,
  namespace = "enforcing",
): Promise<string | undefined> {
  const carrier = POD_CARRIERS.find(
    ({ kind, apiPath }) => kind === object.kind && apiPath.replace(/^\/apis?\//, "") === object.apiVersion,
  );
  if (carrier === undefined) return undefined;
  const { name, labels, annotations } = object.metadata ?? {};
  const sent = { ...object, metadata: { name: name ?? "probe", labels, annotations } };
  const path = `${carrier.apiPath}/namespaces/${namespace}/${carrier.resource}?dryRun=All`;
  const answer = await controlPlane.request("POST", path, sent);
  if (answer.status !== 201) return (answer.body as { message: string }).message; // a Status
  return answer.warnings.find((text) => text.includes("PodSecurity")) ?? "taken";
}

async function objectsIn(file: string): Promise<readonly KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  for await (const items of readManifestFile(file, file)) {
    for (const item of items) {
      if (item.kind === "gap") throw new Error(`${file}: ${JSON.stringify(item.gap)}`);
      const read = readObject(item.value, "default");
      if (read.kind === "object") objects.push(read.object);
    }
  }
  return objects;
}

/** Every object by the place of its name. */
async function originalsIn(folder: string): Promise<ReadonlyMap<string, KubernetesObject>> {
  const originals = new Map<string, KubernetesObject>();
  for (const found of walkTarget(folder, ".", { exclude: [] })) {
    if (found.kind !== "file") continue;
    for await (const items of readManifestFile(found.path, found.name)) {
      for (const item of items) {
        if (item.kind === "gap") continue;
        const read = readObject(item.value, "default");
        const place = item.locate(["metadata", "name"]);
        if (read.kind === "object" && place !== undefined) originals.set(`${place.file}:${place.line}`, read.object);
      }
    }
  }
  return originals;
}

/** The same value with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
