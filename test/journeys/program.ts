// Runs the built program as a user would: a process of its own, with its own folder, environment and pipes.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const REPOSITORY: string = join(import.meta.dirname, "../..");
const executable = join(REPOSITORY, "dist/ringwall.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly directory?: string;
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `ringwall ARGUMENTS` to its end. */
export function ringwall(
  arguments_: readonly string[],
  { directory = REPOSITORY, input, environment = {} }: ProgramOptions = {},
): Promise<Outcome> {
  const { INIT_CWD: _1, FORCE_COLOR: _2, NO_COLOR: _3, LANG: _4, LC_ALL: _5, ...inherited } = process.env;
  const child = spawn(process.execPath, [executable, ...arguments_], {
    cwd: directory,
    env: { ...inherited, ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => {}); // the program may end before it has read everything
  child.stdin.end(input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder with the given files, removed after `use`. */
export async function withFolder<T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "ringwall-journey-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
