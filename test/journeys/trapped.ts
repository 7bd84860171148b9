// Runs the built program where any use of the network ends it.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "./program.ts";

/** How the program ends when the trap has caught it. */
export const CAUGHT = 97;

export interface Trapped {
  readonly code: number;
  readonly stderr: string;
}

export function trapped(
  arguments_: readonly string[],
  input = "",
  environment: Readonly<Record<string, string>> = {},
): Promise<Trapped> {
  const trap = join(import.meta.dirname, "no-network.ts");
  const words = ["--import", trap, join(REPOSITORY, "dist/ringwall.js"), ...arguments_];
  return new Promise((resolve) => {
    const env = { ...process.env, KUBECONFIG: "/nowhere", ...environment };
    const options = { cwd: REPOSITORY, maxBuffer: 64 * 1024 * 1024, env };
    const child = execFile(process.execPath, words, options, (error, _, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stderr });
    });
    child.stdin?.end(input);
  });
}
