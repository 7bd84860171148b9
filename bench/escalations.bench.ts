// Who can become more than they are, on large clusters: the whole command, and the engine alone from objects to cuts.
//   node bench/escalations.bench.ts [PODS…]          (default 3000 10000 30000 100000)

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEscalations } from "../src/attack/escalations.ts";
import { cutsOf } from "../src/attack/target-cuts.ts";
import { techniqueWorld } from "../src/attack/technique-world.ts";
import { TECHNIQUES } from "../src/attack/techniques.ts";
import { weigh } from "../src/attack/weigh.ts";
import { readObject } from "../src/cluster/read-resource.ts";
import type { Resource } from "../src/cluster/resource.ts";
import { best } from "./measure.ts";

const sizes = process.argv.length > 2 ? process.argv.slice(2) : ["3000", "10000", "30000", "100000"];
const folder = join(tmpdir(), "ringwall-bench");
mkdirSync(folder, { recursive: true });

for (const size of sizes) {
  const file = join(folder, `rbac-${size}.ndjson`);
  if (!existsSync(file))
    execFileSync(process.execPath, [join(import.meta.dirname, "generate-rbac-cluster.mjs"), size], {
      stdio: ["ignore", openSync(file, "w"), "inherit"],
    });
  const { wallSeconds, cpuSeconds, peakMebibytes } = await best(3, ["access", "escalations", file]);
  const resources = resourcesOf(file);
  const laps = Array.from({ length: 3 }, () => engine(resources));
  const [cold, ...warm] = laps.map(({ milliseconds }) => milliseconds);
  const { steps, found, cuts } = laps[0] ?? { steps: 0, found: 0, cuts: "" };
  process.stdout.write(
    `${size.padStart(7)} pods  command ${wallSeconds.toFixed(2)} s wall, ${cpuSeconds.toFixed(2)} s CPU, ${peakMebibytes.toFixed(0)} MiB` +
      `  engine ${sum(cold)} cold (${cold?.map((one) => one.toFixed(0)).join(" + ")}), ${Math.min(...warm.map(total)).toFixed(0)} ms warm` +
      `  ${steps} steps, ${found} escalations, largest cut ${cuts}\n`,
  );
}

function total(parts: readonly number[]): number {
  return parts.reduce((whole, part) => whole + part, 0);
}

function sum(parts: readonly number[] | undefined): string {
  return `${total(parts ?? []).toFixed(0)} ms`;
}

function resourcesOf(file: string): readonly Resource[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line): readonly Resource[] => {
      const read = readObject(JSON.parse(line), "default");
      const provenance = { kind: "file", file } as const;
      return read.kind === "object" ? [{ id: read.id, object: read.object, provenance, locate: () => undefined }] : [];
    });
}

/** World, search and cuts: milliseconds of each. */
function engine(resources: readonly Resource[]): {
  readonly milliseconds: readonly number[];
  readonly steps: number;
  readonly found: number;
  readonly cuts: string;
} {
  const milliseconds: number[] = [];
  let started = performance.now();
  const lap = (): void => {
    const now = performance.now();
    milliseconds.push(now - started);
    started = now;
  };
  const world = techniqueWorld(resources, { minor: 36, isComplete: false, isForTargets: true });
  lap();
  const found = findEscalations(world, { techniques: TECHNIQUES });
  lap();
  const weighed = weigh(world, found);
  const cuts = cutsOf(found, [...weighed.told, ...weighed.silent], () => undefined);
  lap();
  const largest = cuts.reduce((most, { changes }) => Math.max(most, changes.length), 0);
  const isProved = cuts.every(({ changes, atLeast }) => changes.length === atLeast);
  return {
    milliseconds,
    steps: found.graph.steps.length,
    found: found.escalations.length,
    cuts: `${largest}${isProved ? "" : " (not proved)"}`,
  };
}
