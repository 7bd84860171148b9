// Runs the built program and measures it: wall time, processor time and peak memory.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "./program.ts";

export interface Measured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallSeconds: number;
  readonly processorSeconds: number;
  readonly peakMebibytes: number;
}

const MARK = "measured:";

export function measured(arguments_: readonly string[]): Promise<Measured> {
  const meter = join(import.meta.dirname, "meter.ts");
  const words = ["--import", meter, join(REPOSITORY, "dist/ringwall.js"), ...arguments_];
  const started = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, words, { maxBuffer: 1024 * 1024 * 1024 }, (error, stdout, stderr) => {
      const line = stderr.split("\n").find((one) => one.startsWith(MARK)) ?? `${MARK}{}`;
      const usage = JSON.parse(line.slice(MARK.length)) as Partial<NodeJS.ResourceUsage>; // as the meter wrote it
      resolve({
        code: typeof error?.code === "number" ? error.code : 0,
        stdout,
        stderr: stderr.replace(`${line}\n`, ""),
        wallSeconds: (performance.now() - started) / 1000,
        processorSeconds: ((usage.userCPUTime ?? 0) + (usage.systemCPUTime ?? 0)) / 1e6,
        peakMebibytes: (usage.maxRSS ?? 0) / 1024,
      });
    });
  });
}
