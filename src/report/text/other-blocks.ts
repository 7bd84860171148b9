// The blocks below the findings: what was not evaluated, what somebody answers for, what else to know.

import type { Gap } from "../../verdicts/gap.ts";
import { causesOf } from "../cause.ts";
import { exceptionText } from "../exception-text.ts";
import type { ExceptedFinding } from "../../verdicts/excepted.ts";
import { gapText } from "../gap-text.ts";
import { notesOf } from "../note-text.ts";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { headLines, type BlockOptions } from "./cause-block.ts";
import { displayWidth, padEnd } from "./display-width.ts";
import { rowsOf } from "./rows.ts";
import { tableLines } from "./table.ts";
import { wrap } from "./wrap.ts";

const MOST_GAPS = 20;
const WIDEST_PLACE = 44;

/** Each gap with its place and reason, side by side where that can be read. */
export function* gapBlock(gaps: readonly Gap[], options: BlockOptions): Generator<string> {
  if (gaps.length === 0) return;
  const { catalogue, style, isAll, width } = options;
  yield `\n${style.bold(style.yellow(catalogue.say("report.not-evaluated")))}  ${gaps.length}\n`;
  const shown = isAll ? gaps : gaps.slice(0, MOST_GAPS);
  const places = shown.map((gap) => gapPlace(gap, options));
  const widest = Math.max(0, ...places.map(displayWidth).filter((columns) => columns <= WIDEST_PLACE));
  for (const [index, gap] of shown.entries()) {
    const place = places[index] ?? "";
    const lines = wrap(printable(gapText(gap, catalogue)), Math.max(20, width - widest - 4));
    const isBeside = displayWidth(place) <= widest;
    if (!isBeside) yield `  ${place}\n`;
    for (const [number, line] of lines.entries())
      yield `  ${padEnd(isBeside && number === 0 ? place : "", widest)}  ${line}\n`;
  }
  if (gaps.length > shown.length)
    yield `  ${catalogue.say("report.more-all", { count: gaps.length - shown.length })}\n`;
}

function gapPlace({ position, resource, what }: Gap, { place }: BlockOptions): string {
  if (position === undefined) return printable(what);
  return resource === undefined ? place(position) : `${place(position)}  ${printable(`${resource.kind} ${what}`)}`;
}

/** Exceptions by rule, each with who answers for it, why and until when. */
export function* exceptedBlock(excepted: readonly ExceptedFinding[], options: BlockOptions): Generator<string> {
  if (excepted.length === 0) return;
  const { catalogue, style, isAll, width } = options;
  yield `\n${style.bold(catalogue.say("report.excepted"))}  ${excepted.length}\n`;
  let left = isAll ? Infinity : MOST_GAPS;
  let hidden = 0;
  for (const { rule, findings } of causesOf(excepted)) {
    const shown = findings.slice(0, left);
    left -= shown.length;
    hidden += findings.length - shown.length;
    if (shown.length === 0) continue;
    yield `${headLines(`  ${rule.text[catalogue.language].title}`, rule.id, options).join("\n")}\n`;
    for (const [reason, group] of Map.groupBy(shown, ({ exception }) => exceptionText(exception, catalogue))) {
      for (const line of tableLines(rowsOf(group, options).shown, width, style)) yield `${line}\n`;
      for (const line of wrap(printable(reason), width - 8)) yield `        ${line}\n`;
    }
  }
  if (hidden > 0) yield `  ${catalogue.say("report.more-all", { count: hidden })}\n`;
}

export function* noteBlock(report: Report, options: BlockOptions): Generator<string> {
  const { catalogue, style, isAll, width, place } = options;
  const notes = [...notesOf(report, catalogue)];
  if (notes.length === 0) return;
  yield `\n${style.bold(catalogue.say("report.notes"))}\n`;
  const shown = isAll ? notes : notes.slice(0, MOST_GAPS);
  for (const { message, position } of shown) {
    const text = [place(position), printable(message)].filter((part) => part !== "").join("  ");
    for (const [index, line] of wrap(text, width - 4).entries()) yield `${index === 0 ? "  " : "    "}${line}\n`;
  }
  if (notes.length > shown.length)
    yield `  ${catalogue.say("report.more-all", { count: notes.length - shown.length })}\n`;
}
