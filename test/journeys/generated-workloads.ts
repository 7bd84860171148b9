// The generated workloads that stand beside the repository (or where RINGWALL_BENCH says).

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const generator = join(
  process.env["RINGWALL_BENCH"] ?? join(import.meta.dirname, "../../../shared/bench"),
  "generate-cluster.mjs",
);

export function hasGenerator(): boolean {
  return existsSync(generator);
}

/** Writes `workloads` objects to `file`, always the same for the same arguments. */
export function generateWorkloads(workloads: number, file: string, format: "yaml" | "json-list"): void {
  const flags = [
    "--seed",
    "1",
    "--only",
    "workloads",
    "--namespaces",
    "20",
    "--workloads",
    String(workloads),
    "--format",
    format,
    "--out",
    file,
  ];
  execFileSync(process.execPath, [generator, ...flags], { stdio: "ignore" });
}
