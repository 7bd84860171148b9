// `network generate` as a whole command: reading, needs, policies, proof, output; on clusters of the workload generator
// beside the repository (or RINGWALL_BENCH), with four observed flows a workload.
//   node scripts/build.ts && node bench/network-generate.bench.ts [WORKLOADS…]

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { best, type Measurement } from "./measure.ts";

const SIZES = [100, 500, 2000];
const RUNS = 3;
const PORTS = [8080, 5432, 6379, 9000];
const FLOWS_EACH = 4;

interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function generated(folder: string, workloads: number): { readonly objects: string; readonly flows: string } {
  const generators = process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../shared/bench");
  const objects = join(folder, `${workloads}.json`);
  const sizes = ["--workloads", workloads, "--policies", workloads / 2, "--namespaces", Math.ceil(workloads / 40)];
  const flags = [...sizes.map(String), "--seed", "1", "--only", "network", "--format", "json-list", "--out", objects];
  execFileSync(process.execPath, [join(generators, "generate-cluster.mjs"), ...flags], { stdio: "ignore" });
  const { items } = JSON.parse(readFileSync(objects, "utf8")) as { readonly items: readonly Item[] }; // a List
  const names = items
    .filter(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet", "CronJob"].includes(kind))
    .map(({ metadata }) => `${metadata.namespace ?? "default"}/${metadata.name}`);
  const flows = join(folder, `${workloads}.csv`);
  let state = 1;
  const draw = <T>(list: readonly T[]): T | undefined => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return list[(state >>> 8) % list.length];
  };
  const lines = names.flatMap((name) =>
    Array.from({ length: FLOWS_EACH }, () => `${name},${draw(names)},TCP,${draw(PORTS)}`),
  );
  writeFileSync(flows, ["src,dst,protocol,port", ...lines, ""].join("\n"));
  return { objects, flows };
}

function row(name: string, { wallSeconds, cpuSeconds, peakMebibytes }: Measurement): string {
  const figures = [`${wallSeconds.toFixed(2)} s`, `${cpuSeconds.toFixed(2)} s CPU`, `${Math.round(peakMebibytes)} MiB`];
  return [name.padEnd(28), ...figures.map((figure) => figure.padStart(12))].join("");
}

const asked = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "ringwall-bench-"));
try {
  for (const workloads of asked.length > 0 ? asked : SIZES) {
    const { objects, flows } = generated(folder, workloads);
    const words = ["network", "generate", objects];
    process.stdout.write(`${row(`${workloads} declared`, await best(RUNS, words))}\n`);
    process.stdout.write(`${row(`${workloads} observed`, await best(RUNS, [...words, "--flows", flows]))}\n`);
    const rollout = ["--flows", flows, "--rollout", join(folder, "rollout")];
    process.stdout.write(`${row(`${workloads} observed, roll-out`, await best(1, [...words, ...rollout]))}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
