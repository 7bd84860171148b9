// Ends a process with all it started, as long as these stayed in its process group.

import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** Process groups are POSIX's. */
export const HAS_PROCESS_GROUPS: boolean = process.platform !== "win32";

const GRACE_MILLISECONDS = 500;
const POLL_MILLISECONDS = 20;

export interface StartedProcess {
  readonly child: ChildProcess;
  /** Whether it leads a group of its own (`detached`). */
  readonly leadsGroup: boolean;
}

/** Asks them to end, and half a second later ends them. Resolves when they are gone. */
export async function endProcesses(started: StartedProcess): Promise<void> {
  signalProcesses(started, "SIGTERM");
  const end = performance.now() + GRACE_MILLISECONDS;
  while (performance.now() < end && signalProcesses(started, 0)) await wait(POLL_MILLISECONDS);
  signalProcesses(started, "SIGKILL");
}

/** Whether anybody was there to hear it. */
export function signalProcesses({ child, leadsGroup }: StartedProcess, signal: NodeJS.Signals | 0): boolean {
  const { pid } = child;
  if (pid === undefined) return false;
  if (!leadsGroup && (child.exitCode !== null || child.signalCode !== null)) return false; // its number may be another's now
  try {
    return process.kill(leadsGroup ? -pid : pid, signal);
  } catch {
    return false;
  }
}
