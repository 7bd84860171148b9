// `npm run bench [-- SIZE…]`: whole commands on the generated workloads at several sizes, beside the peers' recorded
// figures. The generator stands beside the repository, or where RINGWALL_BENCH says.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { best } from "./measure.ts";

interface Size {
  readonly workloads: number;
  readonly namespaces: number;
  readonly runs: number;
  /** Wall seconds and MiB that must not be passed, YAML. */
  readonly budget: { readonly seconds: number; readonly mebibytes?: number };
  /** Recorded wall seconds of the peers on the same bytes. */
  readonly peers: Readonly<Record<string, number>>;
}

const SIZES: readonly Size[] = [
  {
    workloads: 1_000,
    namespaces: 20,
    runs: 5,
    budget: { seconds: 0.3 },
    peers: { "kube-linter": 0.19, "kube-score": 0.24, Kubescape: 10.23, Trivy: 22.99 },
  },
  {
    workloads: 10_000,
    namespaces: 20,
    runs: 3,
    budget: { seconds: 1.2, mebibytes: 350 },
    peers: { "kube-linter (dir)": 7.78, "kube-score": 2.49, Kubescape: 76.29 },
  },
  {
    workloads: 50_000,
    namespaces: 500,
    runs: 2,
    budget: { seconds: 6, mebibytes: 700 },
    peers: { "kube-linter (dir)": 249.16, "kube-score": 31.94 },
  },
  { workloads: 100_000, namespaces: 1000, runs: 1, budget: { seconds: 12, mebibytes: 1024 }, peers: {} },
];

const generator = join(
  process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../shared/bench"),
  "generate-cluster.mjs",
);
const folder = join(tmpdir(), "ringwall-bench");

function generated(size: Size, format: "yaml" | "json"): string {
  const file = join(folder, `w${size.workloads}.${format}`);
  if (existsSync(file)) return file;
  const flags = [
    "--seed",
    "1",
    "--only",
    "workloads",
    "--namespaces",
    String(size.namespaces),
    "--workloads",
    String(size.workloads),
  ];
  execFileSync(
    process.execPath,
    [generator, ...flags, "--format", format === "yaml" ? "yaml" : "json-list", "--out", file],
    { stdio: "ignore" },
  );
  return file;
}

function row(
  name: string,
  figures: { wallSeconds: number; cpuSeconds: number; peakMebibytes: number },
  note: string,
): void {
  const columns = [
    name.padEnd(22),
    figures.wallSeconds.toFixed(2).padStart(7),
    figures.cpuSeconds.toFixed(2).padStart(7),
    figures.peakMebibytes.toFixed(0).padStart(7),
  ];
  process.stdout.write(`${columns.join("  ")}  ${note}\n`);
}

if (!existsSync(generator)) {
  process.stderr.write(`bench: no generator at ${generator}; set RINGWALL_BENCH to its folder\n`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2).map(Number);
process.stdout.write(`Node ${process.version}, best of several runs\n${"".padEnd(22)}   wall s   CPU s     MiB\n`);

const tiny = join(folder, "tiny.yaml");
writeFileSync(tiny, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: x}]}\n");
row("--help", await best(7, ["--help"]), "budget 0.08 s");
row("one small file", await best(7, ["scan", tiny]), "budget 0.15 s");
for (const size of SIZES.filter(({ workloads }) => wanted.length === 0 || wanted.includes(workloads))) {
  const yaml = await best(size.runs, ["scan", generated(size, "yaml"), "-o", "json"]);
  const json = await best(size.runs, ["scan", generated(size, "json"), "-o", "json"]);
  const text = await best(1, ["scan", generated(size, "yaml")]);
  const { seconds, mebibytes } = size.budget;
  const ratios = Object.entries(size.peers).map(([peer, wall]) => `${peer} ${(wall / yaml.wallSeconds).toFixed(1)}×`);
  row(
    `${size.workloads} yaml`,
    yaml,
    `budget ${seconds} s${mebibytes === undefined ? "" : `, ${mebibytes} MiB`}; ${ratios.join(", ")}`,
  );
  row(`${size.workloads} yaml, text`, text, "");
  row(`${size.workloads} json`, json, `${(yaml.wallSeconds / json.wallSeconds).toFixed(1)}× faster than YAML`);
}
