// A file that people write for Ringwall, read as manifests are: YAML or JSON, every value with its place.

import { readFileSync } from "node:fs";
import { extname, relative, resolve } from "node:path";
import type { Locator } from "../../cluster/resource.ts";
import type { SettingMistake } from "../../controls/exceptions/settings-reader.ts";
import { readDocument } from "../../sources/manifests/read-document.ts";
import { UsageError } from "../usage-error.ts";

export interface Settings {
  /** As the user would write it. */
  readonly name: string;
  readonly value: unknown;
  readonly locate: Locator;
}

const NOWHERE: Locator = () => undefined;

/** Reads one document; an empty file has the value `undefined`. What cannot be read is a usage error with its place. */
export function readSettings(file: string, directory: string): Settings {
  const name = displayName(file, directory);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError("error.unreadable", { value: name, detail: error instanceof Error ? error.message : "" });
  }
  const format = extname(file) === ".json" ? "json" : "yaml";
  const values = readDocument({ kind: "document", file: name, format, text, firstLine: 1, firstColumn: 1 });
  const [first] = values;
  if (first === undefined) return { name, value: undefined, locate: NOWHERE };
  for (const one of values) {
    if (one.kind !== "gap") continue;
    const { detail = "" } = one.gap.reason.arguments ?? {};
    throw new UsageError("error.setting-syntax", { detail }).at(one.gap.position);
  }
  if (first.kind === "gap" || values.length > 1)
    throw new UsageError("error.setting-documents", { count: values.length }).at({ file: name, line: 1, column: 1 });
  return { name, value: first.value, locate: first.locate };
}

/** Relative to where the user is, as long as that is a path below or a few folders up. */
export function displayName(file: string, directory: string): string {
  const name = relative(directory, resolve(directory, file));
  return name === "" ? "." : name;
}

/** The first mistake of a file ends the command. */
export function refuseMistakes(mistakes: readonly SettingMistake[]): void {
  const [first] = mistakes;
  if (first === undefined) return;
  throw new UsageError(first.id, first.values, first.suggestion).at(first.position);
}
