// `network reach`: allowed, denied or open, the rules that decide, and the rule that comes nearest.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import { isAnswer, type Answered } from "../../layers/network/questions/reach-batch.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { everyLine, verdictColour, verdictOf } from "./answer-text.ts";
import { writeAnswer, type AnswerContext, type AnswerWriter } from "./answer-writer.ts";
import { placed, plain } from "./chain-text.ts";
import { noteDocument, noteText } from "./note.ts";

export interface ReachReport extends Answered {
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
}

export function* reachText(
  report: ReachReport,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const { answer, notes, gaps } = report;
  const verdict = verdictOf(answer);
  const head = verdict === "not-evaluated" ? "?" : catalogue.say(`network.${verdict}`);
  const indent = " ".repeat(Math.max(8, displayWidth(head) + 2));
  const said = everyLine(report, catalogue);
  const lines = (said.length === 0 ? [plain("")] : said).flatMap((line) => placed(line, width - indent.length, style));
  const coloured = padEnd(head, indent.length).replace(head, () => verdictColour(verdict, style)(style.bold(head)));
  for (const [index, line] of lines.entries()) yield `${index === 0 ? coloured : indent}${line}`.trimEnd() + "\n";
  for (const note of notes)
    for (const line of wrap(noteText(note, catalogue), width - indent.length)) yield `${indent}${line}\n`;
  yield* gapLines(gaps, catalogue, style);
}

export function* reachJson(report: ReachReport, catalogue: Catalogue): Generator<string> {
  const { from, to, port, family, answer, notes, gaps } = report;
  const document = {
    schema: "ringwall.network-reach/v1",
    question: { from, to, ...port, ...(family !== undefined && { family }) },
    ...(isAnswer(answer) ? answer : { verdict: "not-evaluated", ...answer }),
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `${jsonText(document)}\n`;
}

/** One answer in a format that is made for many. */
export function asReport(writer: (context: AnswerContext) => AnswerWriter) {
  return (report: ReachReport, catalogue: Catalogue, text: TextOptions): Iterable<string> => {
    const { notes, gaps } = report;
    return writeAnswer(writer({ catalogue, notes, gaps, text }), report);
  };
}
