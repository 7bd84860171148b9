// What a server process has used so far, from /proc.

import { readFileSync } from "node:fs";

export interface ProcessUsage {
  readonly processorSeconds: number;
  readonly peakMebibytes: number;
}

const TICKS_A_SECOND = 100;

export function usageOf(pid: number): ProcessUsage {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    processorSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND, // utime and stime
    peakMebibytes: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  };
}
