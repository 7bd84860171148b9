// Programs of the user's that Ringwall starts: found in PATH, started without a shell, and never with a way out to the
// network.

import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Absolute path of a program. Relative entries of PATH are passed over: the scanned folder must not bring its own. */
export function findProgram(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const names = process.platform === "win32" ? [`${name}.exe`] : [name];
  for (const folder of (environment["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const file = names.map((one) => join(folder, one)).find(isExecutable);
    if (file !== undefined) return file;
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface ProgramRun {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  readonly input?: string;
}

export type ProgramOutcome =
  | { readonly ok: true; readonly stdout: Buffer }
  | { readonly ok: false; readonly problem: "timeout" | "too-large" | "failed"; readonly stderr: string };

const LARGEST_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Runs a program to its end. Rejects only when the user interrupts. */
export function runProgram(run: ProgramRun): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      run.file,
      [...run.arguments],
      {
        cwd: run.directory,
        env: run.environment,
        encoding: "buffer",
        maxBuffer: LARGEST_OUTPUT_BYTES,
        timeout: run.timeoutMilliseconds,
        killSignal: "SIGKILL",
        signal: run.signal,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (run.signal.aborted)
          reject(run.signal.reason instanceof Error ? run.signal.reason : new Error("interrupted"));
        else if (error === null) resolve({ ok: true, stdout });
        else resolve({ ok: false, problem: problemOf(error), stderr: stderr.toString("utf8").trim() || error.message });
      },
    );
    child.stdin?.on("error", () => {}); // it may end before it has read everything
    child.stdin?.end(run.input ?? "");
  });
}

function problemOf(error: { readonly killed?: boolean; readonly code?: unknown }): "timeout" | "too-large" | "failed" {
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "too-large";
  return error.killed === true ? "timeout" : "failed";
}
