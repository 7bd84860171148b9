// Finding and running the Go toolchain.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Absolute path of `go`: from `PATH`, else where its installer puts it; `undefined` where there is none. */
export function findGo(): string | undefined {
  return findProgram("go", ["/usr/local/go/bin", "/opt/homebrew/bin"]);
}

/** Absolute path of a program in `PATH` or in one of the other folders. */
export function findProgram(name: string, otherFolders: readonly string[] = []): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""), ...otherFolders];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs `go` in a folder and returns its standard output; rejects with its standard error. */
export async function runGo(go: string, folder: string, goArguments: readonly string[]): Promise<string> {
  const environment = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GO111MODULE: "on" };
  const { stdout } = await promisify(execFile)(go, [...goArguments], {
    cwd: folder,
    env: environment,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Where the module cache keeps an unpacked module and its go.mod, downloaded when it is not there yet. */
export async function downloadModule(
  go: string,
  folder: string,
  module: string,
): Promise<{ readonly directory: string; readonly goModPath: string }> {
  const answer: unknown = JSON.parse(await runGo(go, folder, ["mod", "download", "-json", module]));
  const { Dir, GoMod } = answer as { Dir: string; GoMod: string }; // the contract of `go mod download -json`
  return { directory: Dir, goModPath: GoMod };
}
