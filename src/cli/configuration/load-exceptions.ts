// `ringwall.exceptions.yaml`, annotations and, on request, other tools' ignores: made ready for one run.

import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { createExceptions, type Exceptions } from "../../controls/exceptions/exceptions.ts";
import { readExceptions, type ExceptionsFile } from "../../controls/exceptions/read-exceptions.ts";
import { createRuleNames } from "../../controls/exceptions/rules-named.ts";
import { RULES } from "../../controls/registry.generated.ts";
import { createIgnores } from "../../controls/respect/respect.ts";
import { en } from "../../report/catalogues/en.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Streams } from "../streams.ts";
import { findUpwards } from "./find-upwards.ts";
import { ignoreFileExceptions, respectedTools } from "./load-respect.ts";
import { readSettings, refuseMistakes } from "./read-settings.ts";

export const EXCEPTIONS_FILE = "ringwall.exceptions.yaml";

export interface ExceptionFlags {
  /** A file, `false` for no exceptions at all, or nothing: the nearest file upwards. */
  readonly exceptions?: string | false;
  readonly respect: readonly string[];
}

export interface LoadOptions {
  readonly asked: readonly Rule[];
  /** Empty for a cluster. */
  readonly targets: readonly string[];
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** `undefined` when exceptions are switched off. */
export function loadExceptions(
  flags: ExceptionFlags,
  { asked, targets, today }: LoadOptions,
  streams: Streams,
): Exceptions | undefined {
  const tools = respectedTools(flags.respect);
  if (flags.exceptions === false) return undefined;
  const { directory } = streams;
  const file =
    flags.exceptions === undefined ? findUpwards(directory, EXCEPTIONS_FILE) : resolve(directory, flags.exceptions);
  const rulesNamed = createRuleNames(RULES);
  const read = file === undefined ? undefined : readExceptionsFile(file, directory, rulesNamed);
  const folder = file === undefined ? directory : dirname(file);
  return createExceptions({
    exceptions: [
      ...(read?.exceptions ?? []),
      ...ignoreFileExceptions(tools, directory, relativeTo(directory, directory)),
    ],
    gaps: read?.gaps ?? [],
    rulesNamed,
    asked,
    today,
    hash: evidenceHash,
    fileOf: relativeTo(folder, directory),
    ...(tools.length > 0 && { ignoresOf: createIgnores(tools, RULES) }),
    isWholeInput:
      targets.length === 0 || targets.some((target) => target === "-" || isDirectory(resolve(directory, target))),
  });
}

/** Names of files as the report has them, relative to `folder`, with slashes. */
function relativeTo(folder: string, directory: string): (name: string) => string {
  return (name) => relative(folder, resolve(directory, name)).split(sep).join("/") || ".";
}

function readExceptionsFile(
  file: string,
  directory: string,
  rulesNamed: ReturnType<typeof createRuleNames>,
): ExceptionsFile {
  const { value, locate } = readSettings(file, directory);
  const ruleIds = RULES.map(({ id }) => id);
  const read = readExceptions(value, locate, { rulesNamed, ruleIds, gapCodes: GAP_CODES });
  refuseMistakes(read.mistakes);
  return read;
}

/** Gap codes are the messages' ids without a prefix. */
export const GAP_CODES: readonly string[] = Object.keys(en).filter((id) => !id.includes("."));

/** The first half of SHA-256: enough that nobody finds another value of the same hash, short enough to be written down. */
export function evidenceHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The day of a moment, as exceptions count days: in UTC, so that every machine agrees. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
