// Runs the built program so that it can be interrupted, as a person does with Control-C.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY, type Outcome } from "./program.ts";

export interface Running {
  readonly outcome: Promise<Outcome>;
  readonly interrupt: () => void;
}

export function interruptible(arguments_: readonly string[]): Running {
  const child = spawn(process.execPath, [join(REPOSITORY, "dist/ringwall.js"), ...arguments_]);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return {
    interrupt: () => child.kill("SIGINT"),
    outcome: new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, stdout, stderr }));
    }),
  };
}
