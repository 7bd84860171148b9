// `-o csv`: RFC 4180, one row a finding, manual check, exception, gap or note. Cells that a spreadsheet would take for a
// formula are quoted with an apostrophe (OWASP, CSV injection).

import { fingerprintOf } from "../verdicts/finding.ts";
import { formatPath } from "../kubernetes/path.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Catalogue } from "./catalogue.ts";
import type { ReportedException } from "../verdicts/excepted.ts";
import { textOf } from "./finding-text.ts";
import { gapText } from "./gap-text.ts";
import { notesOf, type WordedNote } from "./note-text.ts";
import { printable } from "./printable.ts";
import { layerOf, reportedOf, type Report, type Reported } from "./report.ts";

const COLUMNS = [
  "status",
  "severity",
  "layer",
  "rule",
  "namespace",
  "kind",
  "name",
  "message",
  "path",
  "value",
  "file",
  "line",
  "column",
  "fix",
  "frameworks",
  "id",
  "reason",
  "owner",
  "expires",
] as const;

type Row = { readonly [column in (typeof COLUMNS)[number]]?: string | number };

export function* csvReport(report: Report, catalogue: Catalogue): Generator<string> {
  yield `${COLUMNS.join(",")}\r\n`;
  for (const reported of reportedOf(report)) yield line(findingRow(reported, catalogue));
  for (const gap of report.run.gaps) yield line(gapRow(gap, catalogue));
  for (const note of notesOf(report, catalogue)) yield line(noteRow(note));
}

function findingRow(reported: Reported, catalogue: Catalogue): Row {
  const { status, finding } = reported;
  const { rule, resource, evidence } = finding;
  const fingerprint = fingerprintOf(finding);
  const { message, fix } = textOf(finding, catalogue.language);
  const [first] = evidence;
  return {
    status,
    severity: rule.severity,
    layer: layerOf(rule),
    rule: rule.id,
    namespace: resource.namespace,
    kind: resource.kind,
    name: resource.name,
    message,
    ...(first && { path: formatPath(first.path), value: cellOf(first, catalogue) }),
    ...first?.position,
    fix,
    frameworks: rule.frameworks.join(" "),
    id: fingerprint,
    ...(status === "excepted" && exceptionCells(reported.finding.exception)),
  };
}

function exceptionCells({ reason, owner = "", expires = "" }: ReportedException): Row {
  return { reason, owner, expires };
}

function cellOf(evidence: Reported["finding"]["evidence"][number], catalogue: Catalogue): string {
  if (evidence.redacted === true) return catalogue.say("report.redacted");
  if (evidence.absent === true) return catalogue.say("report.unset");
  return typeof evidence.value === "string" ? evidence.value : (JSON.stringify(evidence.value) ?? "null");
}

function gapRow({ what, position, resource, rules, acceptance, ...gap }: Gap, catalogue: Catalogue): Row {
  return {
    status: "not-evaluated",
    rule: (rules ?? []).join(" "),
    namespace: resource?.namespace ?? "",
    kind: resource?.kind ?? "",
    name: resource?.name ?? what,
    message: what,
    ...position,
    ...(acceptance && exceptionCells(acceptance)),
    reason: gapText({ what, ...(acceptance && { acceptance }), ...gap }, catalogue),
  };
}

function noteRow({ what, message, position, resource }: WordedNote): Row {
  const { namespace = "", kind = "", name = what } = resource ?? {};
  return { status: "note", namespace, kind, name, message, ...position };
}

function line(row: Row): string {
  return `${COLUMNS.map((column) => cell(row[column] ?? "")).join(",")}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = printable(value);
  const guarded = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
