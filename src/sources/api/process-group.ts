// Ends a process with all it started: its process group where it leads one, else those below it as far as Linux tells.

import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
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

/** Asks them to end, and half a second later ends those that are still there. */
export async function endProcesses(started: StartedProcess): Promise<void> {
  const targets = targetsOf(started);
  signalAll(targets, "SIGTERM");
  const end = performance.now() + GRACE_MILLISECONDS;
  while (performance.now() < end && signalAll(targets, 0)) await wait(POLL_MILLISECONDS);
  signalAll(targets, "SIGKILL");
}

/** Ends them without asking and without waiting. */
export function killProcesses(started: StartedProcess): void {
  signalAll(targetsOf(started), "SIGKILL");
}

/** As kill(2) takes them: a negative number is a group. */
function targetsOf({ child, leadsGroup }: StartedProcess): readonly number[] {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined) return [];
  if (leadsGroup) return [-pid];
  return exitCode === null && signalCode === null ? [pid, ...below(pid)] : []; // else its number may be another's by now
}

function below(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").match(/\d+/g) ?? [];
    return children.map(Number).flatMap((child) => [child, ...below(child)]);
  } catch {
    return []; // it has just ended, or this is not Linux
  }
}

/** Whether anybody was there to hear it. */
function signalAll(targets: readonly number[], signal: NodeJS.Signals | 0): boolean {
  const heard = targets.filter((target) => {
    try {
      return process.kill(target, signal);
    } catch {
      return false;
    }
  });
  return heard.length > 0;
}
