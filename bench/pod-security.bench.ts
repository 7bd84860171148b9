// Pods per second of the Pod Security engine on one thread, texts included.
//   node bench/pod-security.bench.ts [pods.json]
// Without a file, 10,000 pods come from the workload generator beside the repository (or RINGWALL_BENCH).

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultPod } from "../src/kubernetes/pod-defaults.ts";
import { podTemplate, type PodTemplate } from "../src/kubernetes/pod.ts";
import { narrow } from "../src/kubernetes/shape.ts";
import { aggregate, evaluatePod, locateOffenders } from "../src/layers/workloads/pod-security/pod-security.ts";

const ROUNDS = 7;
const OPTIONS = "--seed 1 --only pods --namespaces 50 --workloads 10000 --pods-per-workload 1 --format json-list";

function generate(): string {
  const generators = process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../shared/bench");
  const folder = mkdtempSync(join(tmpdir(), "ringwall-bench-"));
  try {
    const file = join(folder, "pods.json");
    const generator = join(generators, "generate-cluster.mjs");
    execFileSync(process.execPath, [generator, ...OPTIONS.split(" "), "--out", file], { stdio: "ignore" });
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readPods(text: string): PodTemplate[] {
  const list = JSON.parse(text) as { readonly items: readonly { readonly kind: string }[] }; // kubectl's List format
  return list.items
    .filter(({ kind }) => kind === "Pod")
    .map((item) => {
      const pod = narrow(podTemplate, item);
      if (!pod.ok) throw new Error(JSON.stringify(pod.problems));
      return pod.value;
    });
}

/** Pods per second of the best round, after one round to warm up. */
function measure(name: string, pods: readonly PodTemplate[], work: (pod: PodTemplate) => number): void {
  let best = Infinity;
  let answer = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    answer = 0;
    const start = performance.now();
    for (const pod of pods) answer += work(pod);
    if (round > 0) best = Math.min(best, performance.now() - start);
  }
  const perSecond = Math.round(pods.length / (best / 1000)).toLocaleString("en");
  console.log(`${name.padEnd(44)}${perSecond.padStart(10)} pods/s   ${answer.toLocaleString("en")} violations`);
}

const file = process.argv[2];
const pods = readPods(file === undefined ? generate() : readFileSync(file, "utf8"));
const violations = (pod: PodTemplate, level: "baseline" | "restricted"): number =>
  evaluatePod(pod, level, "latest").violations.length;

console.log(`${pods.length.toLocaleString("en")} pods, best of ${ROUNDS} rounds, one thread`);
measure("restricted:latest, reasons and details", pods, (pod) => violations(pod, "restricted"));
measure("baseline:latest, reasons and details", pods, (pod) => violations(pod, "baseline"));
measure("restricted:latest after API defaulting", pods, (pod) => violations(defaultPod(pod), "restricted"));
measure("restricted:latest, aggregated and flattened", pods, (pod) => {
  const evaluation = evaluatePod(pod, "restricted", "latest");
  // Reading a character makes the engine copy a concatenation into one string.
  return evaluation.violations.length + (aggregate(evaluation).detail.charCodeAt(0) === 0 ? 1 : 0);
});
measure("restricted:latest, offenders located", pods, (pod) => {
  const evaluation = evaluatePod(pod, "restricted", "latest");
  for (const { check } of evaluation.violations) locateOffenders(pod, check, "latest");
  return evaluation.violations.length;
});
