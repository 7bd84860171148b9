// Trivy's ignore files (pkg/result/ignore.go): `.trivyignore`, a line an id, and `.trivyignore.yaml`, which also names
// files, a statement and the day from which an entry no longer holds.

import type { Locator, Position } from "../../cluster/resource.ts";
import { valueAt } from "../../kubernetes/path.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { dayBefore, isDay, type Exception } from "../exceptions/exception.ts";
import { EVERY_RESOURCE } from "../exceptions/resource-selector.ts";
import { knownIdsOf } from "./known-ids.ts";

/** Whether a file matches a pattern of `paths`, as doublestar has it. */
export type PathMatch = (file: string, pattern: string) => boolean;

/** The lines of a `.trivyignore`; a comment above an id is its reason. Ids of no rule of ours are passed over. */
export function readTrivyIgnore(text: string, file: string, rules: readonly Rule[]): readonly Exception[] {
  const { rulesOf } = knownIdsOf("trivy", rules);
  const exceptions: Exception[] = [];
  let reason = "";
  for (const [index, whole] of text.split("\n").entries()) {
    const line = whole.trim();
    if (line.startsWith("#")) reason = line.replace(/^#+\s*/, "");
    else if (line !== "") {
      const [id = "", ...fields] = line.split(/\s+/);
      const until = fields.find((field) => field.startsWith("exp:"))?.slice("exp:".length);
      const position = { file, line: index + 1, column: whole.indexOf(id) + 1 };
      if (until === undefined || isDay(until))
        exceptions.push(...exceptionsOf(id, rulesOf(id), { reason, until, position, isInFiles: undefined }));
      reason = "";
    } else reason = "";
  }
  return exceptions;
}

/** The `misconfigurations` of a `.trivyignore.yaml`; entries of other scanners are none of ours. */
export function readTrivyIgnoreYaml(
  value: unknown,
  locate: Locator,
  rules: readonly Rule[],
  matches: PathMatch,
): readonly Exception[] {
  const { rulesOf } = knownIdsOf("trivy", rules);
  const list = valueAt(value, ["misconfigurations"]);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => {
    const id = valueAt(entry, ["id"]);
    const statement = valueAt(entry, ["statement"]);
    const expired = valueAt(entry, ["expired_at"]);
    const until = typeof expired === "string" ? expired.slice(0, 10) : undefined;
    const paths = valueAt(entry, ["paths"]);
    const patterns = Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
    if (typeof id !== "string" || (until !== undefined && !isDay(until))) return [];
    return exceptionsOf(id, rulesOf(id), {
      reason: typeof statement === "string" ? statement : "",
      until,
      position: locate(["misconfigurations", index]),
      isInFiles: patterns.length === 0 ? undefined : (file) => patterns.some((pattern) => matches(file, pattern)),
    });
  });
}

interface Answer {
  readonly reason: string;
  /** The day from which on it no longer holds. */
  readonly until: string | undefined;
  readonly position: Position | undefined;
  readonly isInFiles: ((file: string) => boolean) | undefined;
}

function exceptionsOf(id: string, rules: readonly Rule[], answer: Answer): readonly Exception[] {
  if (rules.length === 0) return [];
  const { reason, until, position, isInFiles } = answer;
  return [
    {
      origin: "trivy",
      rule: id,
      ruleIds: new Set(rules.map((rule) => rule.id)),
      isEveryRule: false,
      selector: EVERY_RESOURCE,
      containers: [],
      evidence: [],
      reason,
      ...(isInFiles !== undefined && { isInFiles }),
      ...(until !== undefined && { expires: dayBefore(until) }),
      ...(position !== undefined && { position }),
    },
  ];
}
