// One run of the built program as a process: wall time, CPU time, peak memory.

import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Measurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

const executable = join(import.meta.dirname, "../dist/ringwall.js");
// Writes the process's own accounting to descriptor 3 when it ends.
const ACCOUNT = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => { const u = process.resourceUsage(); writeSync(3, JSON.stringify({ cpu: u.userCPUTime + u.systemCPUTime, peak: u.maxRSS })); });',
)}`;

/** Runs `ringwall ARGUMENTS` once; its output goes nowhere. */
export function measure(arguments_: readonly string[]): Promise<Measurement> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", ACCOUNT, executable, ...arguments_], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  let account = "";
  child.stdio[3]?.on("data", (chunk: Buffer) => (account += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      const { cpu, peak } = JSON.parse(account) as { cpu: number; peak: number }; // written by the hook above
      resolve({ wallSeconds: (performance.now() - started) / 1000, cpuSeconds: cpu / 1e6, peakMebibytes: peak / 1024 });
    });
  });
}

/** The run with the least wall time of several. */
export async function best(runs: number, arguments_: readonly string[]): Promise<Measurement> {
  let fastest = await measure(arguments_);
  for (let run = 1; run < runs; run++) {
    const next = await measure(arguments_);
    if (next.wallSeconds < fastest.wallSeconds) fastest = next;
  }
  return fastest;
}
