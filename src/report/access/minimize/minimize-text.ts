// `access minimize` for people: what the log speaks for, then subject by subject the proposal and its proof.

import type { Catalogue } from "../../catalogue.ts";
import type { TextOptions } from "../../text/text.ts";
import { gapLines } from "../gap-lines.ts";
import { noteText } from "../note.ts";
import { logText } from "./log-text.ts";
import type { MinimizeReport } from "./minimize-report.ts";
import { lines, shortList, subjectText } from "./subject-text.ts";

export function* minimizeText(report: MinimizeReport, catalogue: Catalogue, text: TextOptions): Generator<string> {
  const { width, style } = text;
  const { say } = catalogue;
  const { result, notes, gaps, hasPresent, isPresentPart } = report;
  for (const line of logText(report, catalogue)) yield* lines(line, width, "", "  ");
  if (!hasPresent) yield* lines(say("minimize.log-only"), width, "", "  ");
  for (const subject of result.subjects) yield* subjectText(subject, { hasPresent, isPresentPart }, catalogue, text);
  const { nodes, masters, byDefaultsOnly, unseen, unjudged } = result;
  const rest = [
    ...(nodes > 0 ? [say("minimize.nodes", { count: nodes })] : []),
    ...(masters.length > 0 ? [say("minimize.masters", { names: shortList(masters), count: masters.length })] : []),
    ...(byDefaultsOnly > 0 ? [say("minimize.defaults-only", { count: byDefaultsOnly })] : []),
    ...(unseen.length > 0 ? [say("minimize.not-in-log", { names: shortList(unseen), count: unseen.length })] : []),
    ...(unjudged.length > 0
      ? [say("minimize.not-judged", { names: shortList(unjudged), count: unjudged.length })]
      : []),
  ];
  if (rest.length > 0) yield "\n";
  for (const line of rest) yield* lines(line, width, "", "  ");
  for (const note of notes) yield* lines(noteText(note, catalogue), width, "", "  ");
  yield* gapLines(gaps, catalogue, style);
}
