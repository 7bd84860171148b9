// Which files `--audit-log` means: a file, a folder of rotated ones, a pattern the shell left alone, or `-`. The order
// does not matter: what was used is a set.

import { globSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

export interface AuditFile {
  /** As the user would write it. */
  readonly name: string;
  /** Absolute; `undefined` for standard input. */
  readonly path: string | undefined;
}

/** The files of each argument, every file once; `undefined` for an argument that names nothing. */
export function auditFiles(
  arguments_: readonly string[],
  directory: string,
): readonly { readonly argument: string; readonly files: readonly AuditFile[] | undefined }[] {
  const taken = new Set<string>();
  return arguments_.map((argument) => {
    if (argument === "-") return { argument, files: [{ name: "-", path: undefined }] };
    const names = namesOf(argument, directory)?.flatMap((name) => inFolder(name, directory));
    const files = names?.flatMap((name): readonly AuditFile[] => {
      const path = resolve(directory, name);
      if (taken.has(path)) return [];
      taken.add(path);
      return [{ name, path }];
    });
    return { argument, files };
  });
}

function namesOf(argument: string, directory: string): readonly string[] | undefined {
  if (statSync(resolve(directory, argument), { throwIfNoEntry: false }) !== undefined) return [argument];
  if (!/[*?[]/.test(argument)) return undefined;
  const found = globSync(argument, { cwd: directory });
  return found.length === 0 ? undefined : found.toSorted();
}

function inFolder(name: string, directory: string): readonly string[] {
  const path = resolve(directory, name);
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .filter((entry) => !entry.startsWith("."))
    .toSorted()
    .flatMap((entry) => inFolder(join(name, entry), directory));
}
