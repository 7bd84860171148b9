// `-o text`, the default: what a person reads in a terminal or a log. Every line earns its place.

import { isAtLeast, SEVERITIES, type Severity } from "../../verdicts/severity.ts";
import type { Catalogue } from "../catalogue.ts";
import { type Cause, causesOf } from "../cause.ts";
import { closingText, nothingText } from "../closing-text.ts";
import type { Report } from "../report.ts";
import { comparisonBlocks } from "./comparison-blocks.ts";
import { causeLines, type BlockOptions } from "./cause-block.ts";
import { frameworkBlocks } from "./framework-blocks.ts";
import { exceptedBlock, gapBlock, noteBlock } from "./other-blocks.ts";
import { placesBelow } from "./short-files.ts";
import type { Style } from "./style.ts";
import { countCauses, headerLines, layerLines } from "./summary.ts";
import { wrap } from "./wrap.ts";

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

export function* textReport(report: Report, catalogue: Catalogue, options: TextOptions): Generator<string> {
  const { run } = report;
  const width = Math.min(WIDEST, Math.max(NARROWEST, options.width));
  const place = placesBelow(report.target);
  const most = options.isAll ? Infinity : MOST_RESOURCES;
  const block: BlockOptions = { ...options, width, catalogue, place, most };
  if (run.objects === 0 && report.findings.length === 0) {
    for (const line of wrap(nothingText(report, catalogue), width)) yield `${line}\n`;
    yield* gapBlock(
      run.gaps.filter(({ code }) => code !== "no-objects"),
      block,
    );
    return;
  }
  for (const line of headerLines(report, catalogue, width)) yield `${line}\n`;
  yield "\n";
  const causes = causesOf(report.findings);
  for (const line of layerLines(report, causes, block)) yield `${line}\n`;
  yield* frameworkBlocks(report, block);
  yield* findingBlocks(causes, block);
  yield* comparisonBlocks(report, block);
  if (run.manual.length > 0) yield* causeBlocks("report.manual", causesOf(run.manual), block);
  yield* gapBlock(run.gaps, block);
  yield* exceptedBlock(run.excepted, block);
  yield* noteBlock(report, block);
  yield "\n";
  for (const line of wrap(closingText(report, catalogue), width)) yield `${line}\n`;
}

function* findingBlocks(causes: readonly Cause[], options: BlockOptions): Generator<string> {
  const threshold = options.isAll ? "low" : thresholdOf(causes);
  for (const severity of SEVERITIES) {
    const group = causes.filter(({ rule }) => rule.severity === severity);
    if (group.length > 0 && isAtLeast(severity, threshold)) yield* causeBlocks(`severity.${severity}`, group, options);
  }
  const hidden = causes.filter(({ rule }) => !isAtLeast(rule.severity, threshold));
  if (hidden.length > 0) yield `\n  ${restLine(hidden, options.catalogue)}\n`;
}

/** Critical and high are shown in full; where there is neither, the worst there is. */
function thresholdOf(causes: readonly Cause[]): Severity {
  const worst = SEVERITIES.find((severity) => causes.some(({ rule }) => rule.severity === severity)) ?? "low";
  return isAtLeast(worst, "high") ? "high" : worst;
}

function* causeBlocks(
  heading: `severity.${Severity}` | "report.manual",
  causes: readonly Cause[],
  options: BlockOptions,
): Generator<string> {
  const { catalogue, style } = options;
  const title = catalogue.say(heading).toUpperCase();
  const isWorst = heading === "severity.critical" || heading === "severity.high";
  yield `\n${style.bold(isWorst ? style.red(title) : title)}\n`;
  let separator = "";
  for (const cause of causes) {
    yield separator;
    for (const line of causeLines(cause, options)) yield `${line}\n`;
    separator = "\n";
  }
}

function restLine(hidden: readonly Cause[], catalogue: Catalogue): string {
  const count = countCauses(hidden);
  const list = SEVERITIES.filter((severity) => count[severity] > 0)
    .map((severity) => `${count[severity]} ${catalogue.say(`severity.${severity}`)}`)
    .join(catalogue.say("report.and"));
  return catalogue.say("report.rest", { list, causes: hidden.length });
}
