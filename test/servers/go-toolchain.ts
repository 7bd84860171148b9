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

/** Runs `go` in a folder and returns its standard output; rejects with what it complains about. */
export async function runGo(go: string, folder: string, goArguments: readonly string[]): Promise<string> {
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GO111MODULE: "on" };
  const maxBuffer = 64 * 1024 * 1024;
  try {
    return (await promisify(execFile)(go, [...goArguments], { cwd: folder, env, maxBuffer })).stdout;
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string }; // what execFile adds to its error
    const complaint = (stderr ?? "").replaceAll(/^go: downloading .*\n/gm, "");
    throw new Error(`go ${goArguments.at(0)} failed: ${complaint}`, { cause: error });
  }
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
