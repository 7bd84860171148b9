// The exceptions file (schemas/exceptions.v1.json): from a value with a locator to exceptions and accepted gaps.

import type { Locator } from "../../cluster/resource.ts";
import type { Path } from "../../kubernetes/path.ts";
import type { AcceptedGap } from "./accepted-gap.ts";
import { isDay, type Exception } from "./exception.ts";
import { EVERY_RESOURCE, type ResourceSelector } from "./resource-selector.ts";
import { isEveryRule, type RuleNames } from "./rules-named.ts";
import { createSettingsReader, type SettingMistake, type SettingsReader } from "./settings-reader.ts";

export interface ExceptionsFile {
  readonly exceptions: readonly Exception[];
  readonly gaps: readonly AcceptedGap[];
  /** When there is any, nothing of the file may be used. */
  readonly mistakes: readonly SettingMistake[];
}

export interface ExceptionsVocabulary {
  readonly rulesNamed: RuleNames;
  /** For "did you mean". */
  readonly ruleIds: readonly string[];
  readonly gapCodes: readonly string[];
}

export const EXCEPTION_KEYS = ["rule", "resource", "container", "reason", "owner", "expires", "evidence"] as const;
export const SELECTOR_KEYS = ["kind", "namespace", "name", "labels"] as const;
export const GAP_KEYS = ["code", "kind", "path", "reason", "owner", "expires"] as const;

export function readExceptions(value: unknown, locate: Locator, vocabulary: ExceptionsVocabulary): ExceptionsFile {
  const reader = createSettingsReader(locate);
  const file = reader.fields(value, [], ["exceptions", "gaps"]);
  const exceptions = reader
    .elements(file["exceptions"], ["exceptions"])
    .map(([element, path]) => readException(element, path, reader, locate, vocabulary));
  const gaps = reader
    .elements(file["gaps"], ["gaps"])
    .map(([element, path]) => readGap(element, path, reader, locate, vocabulary));
  return { exceptions, gaps, mistakes: reader.mistakes };
}

function readException(
  value: unknown,
  path: Path,
  reader: SettingsReader,
  locate: Locator,
  { rulesNamed, ruleIds }: ExceptionsVocabulary,
): Exception {
  const entry = reader.fields(value, path, EXCEPTION_KEYS);
  const names = reader.texts(entry["rule"], [...path, "rule"]);
  if (entry["rule"] == null || (Array.isArray(entry["rule"]) && entry["rule"].length === 0))
    reader.wrongType(entry["rule"], [...path, "rule"], "rule id");
  for (const [index, name] of names.entries()) {
    const at = Array.isArray(entry["rule"]) ? [...path, "rule", index] : [...path, "rule"];
    if (rulesNamed(name).length === 0) reader.reject(name, at, ruleIds);
  }
  return {
    origin: "file",
    rule: names.join(", "),
    ruleIds: new Set(names.flatMap((name) => rulesNamed(name).map(({ id }) => id))),
    isEveryRule: names.some(isEveryRule),
    selector: readSelector(entry["resource"], [...path, "resource"], reader),
    containers: reader.texts(entry["container"], [...path, "container"]),
    evidence: reader.texts(entry["evidence"], [...path, "evidence"]).map((hash) => hash.toLowerCase()),
    ...readAnswer(entry, path, reader, locate),
  };
}

function readSelector(value: unknown, path: Path, reader: SettingsReader): ResourceSelector {
  if (value == null) return EVERY_RESOURCE;
  const fields = reader.fields(value, path, SELECTOR_KEYS);
  const labels = fields["labels"];
  const names = labels !== null && typeof labels === "object" && !Array.isArray(labels) ? Object.keys(labels) : [];
  const patterns = reader.fields(labels, [...path, "labels"], names);
  return {
    kinds: reader.texts(fields["kind"], [...path, "kind"]).map((kind) => kind.toLowerCase()),
    namespaces: reader.texts(fields["namespace"], [...path, "namespace"]),
    names: reader.texts(fields["name"], [...path, "name"]),
    labels: Object.fromEntries(
      names.map((name) => [name, reader.text(patterns[name], [...path, "labels", name]) ?? ""]),
    ),
  };
}

function readGap(
  value: unknown,
  path: Path,
  reader: SettingsReader,
  locate: Locator,
  { gapCodes }: ExceptionsVocabulary,
): AcceptedGap {
  const entry = reader.fields(value, path, GAP_KEYS);
  const codes = reader.texts(entry["code"], [...path, "code"]);
  const kinds = reader.texts(entry["kind"], [...path, "kind"]);
  const paths = reader.texts(entry["path"], [...path, "path"]);
  for (const code of codes) if (!gapCodes.includes(code)) reader.reject(code, [...path, "code"], gapCodes);
  if (codes.length + kinds.length + paths.length === 0) reader.wrongType(undefined, path, "code, kind or path");
  return { codes, kinds, paths, ...readAnswer(entry, path, reader, locate) };
}

/** Who answers for it. What is missing is a note of the run, not a mistake. */
function readAnswer(
  entry: Readonly<Record<string, unknown>>,
  path: Path,
  reader: SettingsReader,
  locate: Locator,
): Pick<Exception, "reason" | "owner" | "expires" | "position"> {
  const reason = reader.text(entry["reason"], [...path, "reason"])?.trim() ?? "";
  const owner = reader.text(entry["owner"], [...path, "owner"])?.trim() ?? "";
  const expires = reader.text(entry["expires"], [...path, "expires"])?.trim() ?? "";
  if (expires !== "" && !isDay(expires)) reader.wrongType(expires, [...path, "expires"], "day, YYYY-MM-DD");
  const position = locate(path);
  return {
    reason,
    ...(owner !== "" && { owner }),
    ...(expires !== "" && { expires }),
    ...(position !== undefined && { position }),
  };
}
