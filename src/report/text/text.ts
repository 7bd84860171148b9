// `-o text`, the default: what a person reads in a terminal or a log. Every line earns its place.

import type { Finding } from "../../verdicts/finding.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { isAtLeast, SEVERITIES, type Severity } from "../../verdicts/severity.ts";
import type { Catalogue } from "../catalogue.ts";
import { causesOf } from "../cause.ts";
import { closingText, nothingText } from "../closing-text.ts";
import { countBySeverity, type Report } from "../report.ts";
import { causeLines } from "./cause.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "./display-width.ts";
import { PLAIN, type Style } from "./style.ts";
import { headerLine, layerLines } from "./summary.ts";

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** Every cause and every resource, not only the worst. */
  readonly isAll: boolean;
}

const NARROWEST = 60;
const WIDEST = 120;
const MOST_RESOURCES = 5;
const MOST_GAPS = 20;

export const DEFAULT_TEXT: TextOptions = { width: 100, style: PLAIN, isAll: false };

export function* textReport(report: Report, catalogue: Catalogue, options: TextOptions): Generator<string> {
  const width = Math.min(WIDEST, Math.max(NARROWEST, options.width));
  if (report.run.objects === 0 && report.findings.length === 0) {
    yield* nothingLines(report, catalogue, options);
    return;
  }
  yield `${headerLine(report, catalogue)}\n\n`;
  for (const line of layerLines(report, catalogue, options.style)) yield `${line}\n`;
  yield* findingBlocks(report, catalogue, { ...options, width });
  if (report.run.manual.length > 0)
    yield* severityBlock("report.manual", report.run.manual, catalogue, { ...options, width });
  yield* gapLines(report.run.gaps, catalogue, options);
  yield* noteLines(report, catalogue, options.style);
  yield `\n${closingText(report, catalogue)}\n`;
}

function* findingBlocks(report: Report, catalogue: Catalogue, options: TextOptions): Generator<string> {
  const worst = SEVERITIES.find((severity) => report.findings.some(({ rule }) => rule.severity === severity));
  const threshold: Severity = options.isAll
    ? "low"
    : worst !== undefined && isAtLeast(worst, "high")
      ? "high"
      : (worst ?? "low");
  for (const severity of SEVERITIES) {
    const findings = report.findings.filter(({ rule }) => rule.severity === severity);
    if (findings.length > 0 && isAtLeast(severity, threshold))
      yield* severityBlock(`severity.${severity}`, findings, catalogue, options);
  }
  const hidden = report.findings.filter(({ rule }) => !isAtLeast(rule.severity, threshold));
  if (hidden.length > 0) yield `\n  ${restLine(hidden, catalogue)}\n`;
}

function* severityBlock(
  heading: `severity.${Severity}` | "report.manual",
  findings: readonly Finding[],
  catalogue: Catalogue,
  options: TextOptions,
): Generator<string> {
  const title = catalogue.say(heading).toUpperCase();
  const isWorst = heading === "severity.critical" || heading === "severity.high";
  yield `\n${options.style.bold(isWorst ? options.style.red(title) : title)}\n`;
  let separator = "";
  for (const cause of causesOf(findings)) {
    const most = options.isAll ? Infinity : MOST_RESOURCES;
    const lines = causeLines(cause, { width: options.width, catalogue, style: options.style, most });
    yield `${separator}${lines.join("\n")}\n`;
    separator = "\n";
  }
}

function restLine(hidden: readonly Finding[], catalogue: Catalogue): string {
  const count = countBySeverity(hidden);
  const list = SEVERITIES.filter((severity) => count[severity] > 0)
    .map((severity) => `${count[severity]} ${catalogue.say(`severity.${severity}`)}`)
    .join(catalogue.say("report.and"));
  return catalogue.say("report.rest", { list, causes: causesOf(hidden).length });
}

function* gapLines(gaps: readonly Gap[], catalogue: Catalogue, { style, isAll }: TextOptions): Generator<string> {
  if (gaps.length === 0) return;
  yield `\n${style.bold(style.yellow(catalogue.say("report.not-evaluated")))}  ${gaps.length}\n`;
  const shown = isAll ? gaps : gaps.slice(0, MOST_GAPS);
  const places = shown.map((gap) => printable(gap.position === undefined ? gap.what : placeOf(gap)));
  const widest = Math.min(44, Math.max(0, ...places.map(displayWidth)));
  for (const [index, gap] of shown.entries()) {
    const reason = printable(catalogue.sayAny(gap.reason.id, gap.reason.arguments));
    yield `  ${padEnd(places[index] ?? "", widest)}  ${reason}\n`;
  }
  if (gaps.length > shown.length) yield `  … ${gaps.length - shown.length}: --all\n`;
}

function placeOf({ position, resource, what }: Gap): string {
  const place = position === undefined ? what : `${position.file}:${position.line}:${position.column}`;
  return resource === undefined ? place : `${place} ${resource.kind} ${what}`;
}

function* noteLines(report: Report, catalogue: Catalogue, style: Style): Generator<string> {
  const { duplicates } = report.run;
  if (duplicates.length === 0) return;
  yield `\n${style.bold(catalogue.say("report.notes"))}\n`;
  for (const name of duplicates.slice(0, MOST_GAPS))
    yield `  ${catalogue.say("report.duplicate", { name: printable(name.replace(/^\//, "")) })}\n`;
  if (duplicates.length > MOST_GAPS) yield `  … ${duplicates.length - MOST_GAPS}\n`;
}

function* nothingLines(report: Report, catalogue: Catalogue, options: TextOptions): Generator<string> {
  yield `${nothingText(report, catalogue)}\n`;
  yield* gapLines(
    report.run.gaps.filter(({ code }) => code !== "no-objects"),
    catalogue,
    options,
  );
}
