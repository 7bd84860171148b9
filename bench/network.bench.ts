// The network engine on one thread: reading, all pairs of all workloads with every port and the outside, one question,
// one policy edit. Times are processor time of the one thread. Each case in a process of its own, so that cold times and
// memory are its own.
//   node bench/network.bench.ts [CASE…]
// `net…` cases come from the workload generator beside the repository (or RINGWALL_BENCH).

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readObject } from "../src/cluster/read-resource.ts";
import type { Resource } from "../src/cluster/resource.ts";
import { createNetwork, type Network } from "../src/layers/network/network.ts";
import { manyNamespaces, mixed, policyPerPod } from "./network-shapes.ts";

const ROUNDS = 3;
const QUESTIONS = 100_000;
const EDIT_COUNT = 50;

const CASES: Readonly<Record<string, () => readonly unknown[]>> = {
  "net100/50/10": () => generated(100, 50, 10),
  "net500/200/25": () => generated(500, 200, 25),
  "net2000/1000/50": () => generated(2000, 1000, 50),
  "net10000/2000/100": () => generated(10_000, 2000, 100),
  "1k pods, 200 policies": () => mixed({ namespaces: 20, pods: 1000, policies: 200 }),
  "10k pods, 2k policies": () => mixed({ namespaces: 200, pods: 10_000, policies: 2000 }),
  "100k pods, 10k policies": () => mixed({ namespaces: 1000, pods: 100_000, policies: 10_000 }),
  "25k namespaces, 100k pods, 75k policies": () =>
    manyNamespaces({ namespaces: 25_000, pods: 100_000, policies: 75_000 }),
  "1 namespace, 10k pods, 1 policy each": () => policyPerPod({ namespaces: 1, pods: 10_000, policies: 10_000 }),
};

function generated(workloads: number, policies: number, namespaces: number): readonly unknown[] {
  const generators = process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../shared/bench");
  const folder = mkdtempSync(join(tmpdir(), "ringwall-bench-"));
  try {
    const file = join(folder, "objects.json");
    const sizes = { workloads, policies, namespaces };
    const flags = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, `${value}`]);
    const fixed = ["--seed", "1", "--only", "network", "--format", "json-list", "--out", file];
    execFileSync(process.execPath, [join(generators, "generate-cluster.mjs"), ...fixed, ...flags], { stdio: "ignore" });
    return (JSON.parse(readFileSync(file, "utf8")) as { items: unknown[] }).items; // the generator writes a List
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function resourcesOf(objects: readonly unknown[]): readonly Resource[] {
  return objects.flatMap((object): readonly Resource[] => {
    const read = readObject(object, "default");
    if (read.kind !== "object") return [];
    return [{ id: read.id, object: read.object, provenance: { kind: "file", file: "" }, locate: () => undefined }];
  });
}

interface Total {
  readonly open: number;
  readonly depends: number;
  readonly ranges: number;
}

/** Goes through every row of the map and adds up what is open. */
function total(network: Network): Total {
  const map = network.map();
  const { outcomes } = network.world;
  let open = 0;
  let depends = 0;
  let ranges = 0;
  for (const { sources, reached, outside } of map.rows()) {
    for (const { outcome, workloads } of reached) {
      if (outcomes.sureOf(outcome).length > 0) open += sources.length * workloads.length;
      if (outcomes.questionsOf(outcome) !== 0) depends += sources.length * workloads.length;
    }
    for (const { addresses } of outside) ranges += (sources.length * addresses.length) / 2;
  }
  for (const { workloads, outside } of map.inbound()) {
    for (const { addresses } of outside) ranges += (workloads.length * addresses.length) / 2;
  }
  return { open, depends, ranges };
}

/** Milliseconds of this thread's processor time: what counts on a machine that others use too. */
function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const start = process.threadCpuUsage();
  const value = work();
  const { user, system } = process.threadCpuUsage(start);
  return { value, milliseconds: (user + system) / 1000 };
}

function print(name: string, value: string): void {
  console.log(`  ${name.padEnd(44)}${value.padStart(18)}`);
}

function run(name: string): void {
  const resources = resourcesOf(CASES[name]?.() ?? []);
  console.log(name);
  const before = process.memoryUsage.rss();
  const cold = timed(() => total(createNetwork(resources)));
  const memory = process.memoryUsage.rss() - before;
  let build = Infinity;
  let map = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const built = timed(() => createNetwork(resources));
    build = Math.min(build, built.milliseconds);
    map = Math.min(map, timed(() => total(built.value)).milliseconds);
  }
  const network = createNetwork(resources);
  print("pairs open, of all", `${cold.value.open} / ${network.workloads.length ** 2}`);
  print("pairs that depend; ranges outside", `${cold.value.depends}; ${cold.value.ranges}`);
  print("cold: read and map, ms", cold.milliseconds.toFixed(0));
  print("warm: read, ms", build.toFixed(0));
  print("warm: map, ms", map.toFixed(0));
  print("warm: together, ms", (build + map).toFixed(0));
  print("memory over the objects, cold, MB", (memory / 1e6).toFixed(0));
  print("one question, µs", questionMicroseconds(network).toFixed(2));
  for (const [words, edit] of Object.entries(EDITS)) {
    print(`one policy edit (${words}), a question, ms`, editMilliseconds(network, resources, edit).toFixed(2));
  }
}

type Spec = Readonly<Record<string, unknown>>;

/** What an edit makes of a policy: another's rules, rules with addresses or labels that no policy named before. */
const EDITS: Readonly<Record<string, (other: Spec, index: number) => Spec>> = {
  "known words": (other) => other,
  "new addresses": (other, index) => ({
    ...other,
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ ipBlock: { cidr: `172.16.${index % 256}.0/24` } }] }],
  }),
  "new labels": (other, index) => ({
    ...other,
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: { matchLabels: { [`new-${index}`]: "x" } } }] }],
  }),
};

/** Replaces policies one after the other, each time asking about a pod it may select. */
function editMilliseconds(
  start: Network,
  resources: readonly Resource[],
  change: (spec: Spec, index: number) => Spec,
): number {
  const policies = resources.filter(({ id }) => id.kind === "NetworkPolicy");
  let network = start;
  const edit = (index: number): void => {
    const policy = policies[(index * 7919) % policies.length];
    const other = policies[(index * 104_729) % policies.length];
    if (policy === undefined || other === undefined) return;
    const spec = change(other.object["spec"] as Spec, index); // every policy of these shapes has one
    network = network.with({ put: [{ ...policy, object: { ...policy.object, spec } }] });
    const pods = network.workloads[index % network.workloads.length]?.pods ?? [];
    network.reach({ source: { kind: "pods", pods }, destination: { kind: "pods", pods } });
  };
  for (let index = 0; index < EDIT_COUNT; index++) edit(index);
  const { milliseconds } = timed(() => {
    for (let index = EDIT_COUNT; index < 2 * EDIT_COUNT; index++) edit(index);
  });
  return milliseconds / EDIT_COUNT;
}

function questionMicroseconds(network: Network): number {
  const { workloads } = network;
  const ask = (count: number): void => {
    for (let index = 0; index < count; index++) {
      const source = workloads[(index * 7919) % Math.min(workloads.length, 300)];
      const destination = workloads[(index * 104_729) % Math.min(workloads.length, 300)];
      if (source === undefined || destination === undefined) return;
      network.reach({
        source: { kind: "pods", pods: source.pods },
        destination: { kind: "pods", pods: destination.pods },
        port: { protocol: "TCP", port: 8080 },
      });
    }
  };
  ask(QUESTIONS / 4);
  return (timed(() => ask(QUESTIONS)).milliseconds * 1000) / QUESTIONS;
}

const [chosen, isChild] = process.argv.slice(2);
if (isChild === "--child" && chosen !== undefined) run(chosen);
else {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length === 0 ? Object.keys(CASES) : wanted) {
    execFileSync(process.execPath, [import.meta.filename, name, "--child"], { stdio: "inherit" });
  }
}
