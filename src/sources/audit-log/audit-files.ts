// Which files `--audit-log` means: a file, a folder of rotated ones, a pattern the shell left alone, or `-`. The order
// does not matter: what was used is a set.

import { globSync, readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { join, resolve } from "node:path";
import type { Gap } from "../../verdicts/gap.ts";
import type { Message } from "../../verdicts/message.ts";

export interface AuditFile {
  /** As the user would write it. */
  readonly name: string;
  /** Absolute; `undefined` for standard input. */
  readonly path: string | undefined;
}

export interface AuditFiles {
  readonly argument: string;
  /** `undefined` where the argument names nothing. */
  readonly files: readonly AuditFile[] | undefined;
  readonly gaps: readonly Gap[];
}

/** The files of each argument, every file once, whatever links lead to it. */
export function auditFiles(arguments_: readonly string[], directory: string): readonly AuditFiles[] {
  const taken = new Set<string>();
  return arguments_.map((argument): AuditFiles => {
    if (argument === "-") {
      const files = taken.has("-") ? [] : [{ name: "-", path: undefined }];
      taken.add("-");
      return { argument, files, gaps: [] };
    }
    const names = namesOf(argument, directory);
    const files: AuditFile[] = [];
    const gaps: Gap[] = [];
    for (const name of names ?? []) walk(name, directory, taken, { files, gaps }, true);
    return { argument, files: names === undefined ? undefined : files, gaps };
  });
}

function namesOf(argument: string, directory: string): readonly string[] | undefined {
  if (argument === "") return undefined; // an unset variable means no folder, least of all this one
  if (statOf(resolve(directory, argument)) !== undefined) return [argument];
  if (!/[*?[]/.test(argument)) return undefined;
  const found = globSync(argument, { cwd: directory });
  return found.length === 0 ? undefined : found.toSorted();
}

interface Found {
  readonly files: AuditFile[];
  readonly gaps: Gap[];
}

/** What is given by name may be a pipe, as `<(zcat …)` is; in a folder one would wait for ever. */
function walk(name: string, directory: string, taken: Set<string>, found: Found, isGiven: boolean): void {
  const path = resolve(directory, name);
  const left = (reason: Message): void => void found.gaps.push({ code: reason.id, what: name, reason });
  try {
    const stats = statOf(path);
    if (stats === undefined) return left({ id: "audit-no-file" });
    const real = realpathSync(path);
    if (taken.has(real)) return;
    taken.add(real);
    if (stats.isDirectory()) {
      for (const entry of readdirSync(path).toSorted())
        if (!entry.startsWith(".")) walk(join(name, entry), directory, taken, found, false);
    } else if (stats.isFile() || isGiven) found.files.push({ name, path });
    else left({ id: "audit-no-file" });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    left({ id: "audit-unopened", arguments: { detail } });
  }
}

/** `undefined` for what is not there, a link to nothing, and links in a ring. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // thrown by node:fs
    if (code === "ELOOP" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
