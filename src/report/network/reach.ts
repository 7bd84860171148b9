// `network reach`: allowed, denied or open, the rules that decide, and the rule that comes nearest.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import type { ReachAnswer } from "../../layers/network/questions/reach-answer.ts";
import type { NamedPort } from "../../layers/network/questions/named-ports.ts";
import type { Verdict } from "../../layers/network/reach.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { Style } from "../text/style.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { chainLines, type ChainLine } from "./chain-text.ts";
import { noteDocument, noteText } from "./note.ts";
import { portsText } from "./ports-text.ts";

export interface ReachReport {
  readonly from: string;
  readonly to: string;
  readonly port: NamedPort | undefined;
  readonly family: 4 | 6 | undefined;
  /** `unread`: an end that is not in what could be read, which is not everything. */
  readonly answer: ReachAnswer | { readonly unread: string } | undefined;
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
}

export function* reachText(
  report: ReachReport,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const { answer } = report;
  const { say } = catalogue;
  const verdict = answer === undefined || "unread" in answer ? undefined : answer.verdict;
  const head = verdict === undefined ? "?" : say(`network.${verdict}`);
  const indent = " ".repeat(Math.max(8, displayWidth(head) + 2));
  const lines = linesOf(report, catalogue).flatMap((line) => placed(line, width - indent.length, style));
  const coloured = padEnd(head, indent.length).replace(head, () => colourOf(verdict, style)(style.bold(head)));
  for (const [index, line] of lines.entries()) yield `${index === 0 ? coloured : indent}${line}`.trimEnd() + "\n";
  for (const note of report.notes)
    for (const line of wrap(noteText(note, catalogue), width - indent.length)) yield `${indent}${line}\n`;
  yield* gapLines(report.gaps, catalogue, style);
}

function linesOf({ from, to, port, answer }: ReachReport, catalogue: Catalogue): readonly ChainLine[] {
  const { say } = catalogue;
  if (answer === undefined) return [plain(say("network.nothing-read"))];
  if ("unread" in answer) return [plain(say("network.unknown-end", { value: printable(answer.unread) }))];
  const asked = port === undefined ? say("network.any-port") : `${port.protocol} ${port.port}`;
  const lines = [...chainLines(answer.by, { from, to, ports: asked }, catalogue)];
  if (answer.ports !== undefined)
    lines.push(plain(say("network.open-ports", { ports: portsText(answer.ports, catalogue) })));
  for (const question of answer.on ?? []) lines.push(plain(say(`network.on-${question}`)));
  if (answer.gap !== undefined) lines.push(plain(say(`network.gap-${answer.gap}`)));
  for (const backend of answer.backends ?? [])
    lines.push(
      plain(
        say("network.backend", {
          service: printable(to),
          pod: printable(backend.to),
          port: backend.port,
          verdict: say(`network.${backend.verdict}`),
        }),
      ),
    );
  return lines.length === 0 ? [plain("")] : lines;
}

/** A sentence about nothing in a file. */
export function plain(text: string): ChainLine {
  return { text, place: "" };
}

/** The text, with its place at the end of the last line. */
export function placed({ text, place }: ChainLine, width: number, style: Style): readonly string[] {
  const lines = wrap(text, width);
  if (place === "") return lines;
  const last = lines.at(-1) ?? "";
  const fits = displayWidth(last) + displayWidth(place) + 3 <= width;
  return fits ? [...lines.slice(0, -1), `${last}   ${style.dim(place)}`] : [...lines, `  ${style.dim(place)}`];
}

function colourOf(verdict: Verdict | undefined, style: Style): (text: string) => string {
  if (verdict === "allowed") return style.green;
  return verdict === "denied" ? style.red : style.yellow;
}

export function* reachJson(report: ReachReport, catalogue: Catalogue): Generator<string> {
  const { from, to, port, family, answer, notes, gaps } = report;
  const answered = answer === undefined || "unread" in answer ? { verdict: "not-evaluated" } : answer;
  const document = {
    schema: "ringwall.network-reach/v1",
    question: { from, to, ...port, ...(family !== undefined && { family }) },
    ...answered,
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `${jsonText(document)}\n`;
}
