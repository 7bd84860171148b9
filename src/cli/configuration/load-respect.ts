// `--respect`: which tools' ignores are honoured, and the ignore files Trivy would read in the folder the user is in.

import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Exception } from "../../controls/exceptions/exception.ts";
import { RULES } from "../../controls/registry.generated.ts";
import { RESPECTED_TOOLS, type RespectedTool } from "../../controls/respect/respected-tool.ts";
import { readTrivyIgnore, readTrivyIgnoreYaml } from "../../controls/respect/trivy-ignore.ts";
import { unknownWord } from "../usage-error.ts";
import { displayName, readSettings } from "./read-settings.ts";

const TOOLS = Object.keys(RESPECTED_TOOLS) as readonly RespectedTool[]; // the keys of a closed table

export function respectedTools(flag: readonly string[]): readonly RespectedTool[] {
  return flag.map((word) => {
    const tool = TOOLS.find((one) => one === word);
    if (tool === undefined) throw unknownWord("error.unknown-tool", word, TOOLS);
    return tool;
  });
}

/** Exceptions from files: only Trivy keeps its ignores there. */
export function ignoreFileExceptions(
  tools: readonly RespectedTool[],
  directory: string,
  fileOf: (name: string) => string,
): readonly Exception[] {
  if (!tools.includes("trivy")) return [];
  const lines = join(directory, ".trivyignore");
  const yaml = join(directory, ".trivyignore.yaml");
  const exceptions: Exception[] = [];
  if (existsSync(lines))
    exceptions.push(...readTrivyIgnore(readFileSync(lines, "utf8"), displayName(lines, directory), RULES));
  if (existsSync(yaml)) {
    const { value, locate } = readSettings(yaml, directory);
    const matches = (file: string, pattern: string): boolean => posix.matchesGlob(fileOf(file), pattern);
    exceptions.push(...readTrivyIgnoreYaml(value, locate, RULES, matches));
  }
  return exceptions;
}
