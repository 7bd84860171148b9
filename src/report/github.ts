// `-o github`: workflow commands that GitHub shows as annotations beside the code, the worst first. A step shows ten of
// each level and drops the others unseen, so the rest is listed in the log and the number of both is said.

import type { Gap } from "../verdicts/gap.ts";
import { isAtLeast } from "../verdicts/severity.ts";
import type { Catalogue } from "./catalogue.ts";
import { causesOf } from "./cause.ts";
import { closingText } from "./closing-text.ts";
import { placeText, resourceText, valueText } from "./evidence-text.ts";
import { exceptionText } from "./exception-text.ts";
import { textOf } from "./finding-text.ts";
import { gapText } from "./gap-text.ts";
import { notesOf, type WordedNote } from "./note-text.ts";
import { printable } from "./printable.ts";
import { countBySeverity, reportedOf, type Report, type Reported } from "./report.ts";

type Level = "error" | "warning" | "notice";

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: readonly string[];
  readonly position?: { readonly file: string; readonly line: number; readonly column: number } | undefined;
  /** The line of the log that stands for it when there is no room. */
  readonly line: string;
}

/** One of the ten notices is the summary. */
const MOST: Readonly<Record<Level, number>> = { error: 10, warning: 10, notice: 9 };

export function* githubReport(report: Report, catalogue: Catalogue): Generator<string> {
  const room = { ...MOST };
  const rest: string[] = [];
  let shown = 0;
  for (const annotation of annotationsOf(report, catalogue)) {
    if (room[annotation.level] > 0) {
      room[annotation.level]--;
      shown++;
      yield command(annotation);
    } else rest.push(annotation.line);
  }
  const total = shown + rest.length;
  if (rest.length > 0) {
    yield `::group::${data(catalogue.say("github.rest", { count: rest.length }))}\n`;
    for (const line of rest) yield `${line}\n`;
    yield "::endgroup::\n";
  }
  yield command({ level: "notice", title: "Ringwall", message: summaryOf(report, catalogue, shown, total), line: "" });
}

function summaryOf(report: Report, catalogue: Catalogue, shown: number, total: number): readonly string[] {
  const { findings, run } = report;
  const counts = {
    ...countBySeverity(findings),
    findings: findings.length,
    causes: causesOf(findings).length,
    manual: run.manual.length,
    excepted: run.excepted.length,
    gaps: run.gaps.length,
  };
  return [
    catalogue.say("github.summary", counts),
    ...(shown < total ? [catalogue.say("github.shown", { shown, total })] : []),
    closingText(report, catalogue),
  ];
}

/** Gaps come before notices of any kind: what was not looked at must not fall behind what is merely low. */
function* annotationsOf(report: Report, catalogue: Catalogue): Generator<Annotation> {
  for (const gap of report.run.gaps) yield gapAnnotation(gap, catalogue);
  for (const reported of reportedOf(report))
    if (reported.status !== "known") yield annotationOf(reported, report, catalogue);
  for (const note of notesOf(report, catalogue)) yield noteAnnotation(note, catalogue);
}

function levelOf({ status, finding: { rule } }: Reported, { failOn }: Report): Level {
  if (status !== "fail") return "notice";
  if (failOn !== "none" && isAtLeast(rule.severity, failOn)) return "error";
  return isAtLeast(rule.severity, "medium") ? "warning" : "notice";
}

function annotationOf(reported: Reported, report: Report, catalogue: Catalogue): Annotation {
  const { status, finding } = reported;
  const { rule, resource, evidence } = finding;
  const { message, fix } = textOf(finding, catalogue.language);
  const [first] = evidence;
  const what = `${resourceText(resource)}: ${message}`;
  const value = first === undefined ? "" : valueText(first, catalogue);
  const note =
    status === "excepted"
      ? exceptionText(reported.finding.exception, catalogue)
      : fix === ""
        ? ""
        : catalogue.say("report.fix", { fix });
  const label = catalogue.say(status === "fail" ? `severity.${rule.severity}` : `verdict.${status}`);
  return {
    level: levelOf(reported, report),
    title: `${label}: ${rule.id}`,
    message: [value === "" ? what : `${what} (${value})`, note].filter((part) => part !== ""),
    position: first?.position,
    line: logLine([label, rule.id, placeText(first?.position), what, value]),
  };
}

function gapAnnotation(gap: Gap, catalogue: Catalogue): Annotation {
  const { what, position, code, isAccepted } = gap;
  const label = catalogue.say("verdict.not-evaluated");
  const text = gapText(gap, catalogue);
  return {
    level: isAccepted === true ? "notice" : "warning",
    title: `${label}: ${code}`,
    message: [`${what}: ${text}`],
    position,
    line: logLine([label, placeText(position), what, text]),
  };
}

function noteAnnotation({ code, message, position }: WordedNote, catalogue: Catalogue): Annotation {
  const label = catalogue.say("report.note");
  const line = logLine([label, placeText(position), message]);
  return { level: "notice", title: `${label}: ${code}`, message: [message], position, line };
}

/** A line of the log can hold no command: it begins with a word of ours, and the older `##[` form is broken up. */
function logLine(parts: readonly string[]): string {
  return harmless(parts.filter((part) => part !== "").join("  "));
}

function harmless(text: string): string {
  return printable(text).replaceAll("##[", "## [");
}

function command({ level, title, message, position }: Annotation): string {
  const place =
    position === undefined || position.file === "-"
      ? []
      : [
          `file=${property(position.file.replace(/^(?:\.\/+)+/, ""))}`,
          `line=${position.line}`,
          `col=${position.column}`,
        ];
  const lines = message.map((line) => data(harmless(line))).join("%0A");
  return `::${level} ${[...place, `title=${property(title)}`].join(",")}::${lines}\n`;
}

/** Line breaks are gone by then: {@link harmless} makes them visible. */
function data(text: string): string {
  return text.replaceAll("%", "%25");
}

function property(text: string): string {
  return data(harmless(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
