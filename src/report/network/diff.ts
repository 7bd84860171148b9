// `network diff`: what a change opens and closes, with the rules that decide now.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import { diffEntries, type DiffEntry } from "../../layers/network/questions/diff-json.ts";
import type { Network } from "../../layers/network/network.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { codeSpan } from "../markdown-text.ts";
import { printable } from "../printable.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { chainLines, placed } from "./chain-text.ts";
import { restOfMarkdown } from "./map-drawing.ts";
import { noteDocument, noteText } from "./note.ts";
import { portsText } from "./ports-text.ts";

export interface DiffReport {
  readonly before: Network;
  readonly after: Network;
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
}

/** Changes of one source that are told together. */
export interface DiffLine {
  readonly change: "opened" | "closed" | "changed";
  readonly from: string;
  readonly ports: string;
  readonly entry: DiffEntry;
  readonly targets: string[];
}

export function* diffText(report: DiffReport, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const { say } = catalogue;
  const { lines, opened, closed } = linesOf(report, catalogue);
  if (lines.length === 0) yield `${say("network.diff-none")}\n`;
  else yield `${style.bold(say("network.diff-head", { opened, closed }))}\n`;
  for (const { change, from, ports, targets, entry } of lines) {
    const sign = change === "opened" ? style.red("+") : change === "closed" ? style.green("-") : style.yellow("?");
    yield `${sign} ${style.bold(from)}  ${say(`network.${change}`)} ${ports}\n`;
    for (const line of wrap(targets.join(", "), width - 4)) yield `    ${line}\n`;
    const ends = { from: entry.from, to: entry.to, ports };
    const by = (change === "closed" ? entry.closedBy : undefined) ?? entry.by ?? [];
    for (const line of chainLines(by, ends, catalogue).flatMap((one) => placed(one, width - 6, style)))
      yield `      ${style.dim(line)}\n`;
  }
  for (const note of report.notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
  yield* gapLines(report.gaps, catalogue, style);
}

/** How many pairs open and close. */
export function diffSummary(report: DiffReport, catalogue: Catalogue): string {
  const { lines, opened, closed } = linesOf(report, catalogue);
  return lines.length === 0
    ? catalogue.say("network.diff-none")
    : catalogue.say("network.diff-head", { opened, closed });
}

/** Changes of one source with equal ports are one line, with what decides about the first. */
export function linesOf({ before, after }: DiffReport, catalogue: Catalogue) {
  const lines = new Map<string, DiffLine>();
  let opened = 0;
  let closed = 0;
  for (const entry of diffEntries(before, after, true)) {
    if (entry.opened !== undefined) opened++;
    if (entry.closed !== undefined) closed++;
    const changes = [
      ["opened", entry.opened],
      ["closed", entry.closed],
      ["changed", (entry.opened ?? entry.closed) ? undefined : entry.depends?.after],
    ] as const;
    for (const [change, set] of changes) {
      if (set === undefined) continue;
      const from = nameOf(entry.from, entry.ends?.from, catalogue);
      const to = nameOf(entry.to, entry.ends?.to, catalogue);
      const ports = portsText(set, catalogue);
      const key = JSON.stringify([change, from, ports]);
      const known = lines.get(key);
      if (known === undefined) lines.set(key, { change, from, ports, entry, targets: [to] });
      else known.targets.push(to);
    }
  }
  return { lines: [...lines.values()], opened, closed };
}

function nameOf(name: string, is: "added" | "removed" | undefined, { say }: Catalogue): string {
  return is === undefined ? printable(name) : `${printable(name)} (${say(`network.end-${is}`)})`;
}

export function* diffMarkdown(report: DiffReport, catalogue: Catalogue): Generator<string> {
  const { say } = catalogue;
  const { lines, opened, closed } = linesOf(report, catalogue);
  yield `${lines.length === 0 ? say("network.diff-none") : say("network.diff-head", { opened, closed })}\n`;
  if (lines.length > 0)
    yield `\n| | ${say("network.column-from")} | ${say("network.column-to")} | ${say("network.column-ports")} |\n|---|---|---|---|\n`;
  for (const { change, from, ports, targets } of lines)
    yield `| ${say(`network.${change}`)} | ${codeSpan(from)} | ${targets.map(codeSpan).join(", ")} | ${codeSpan(ports)} |\n`;
  yield* restOfMarkdown(report, catalogue);
}

export function* diffJson({ before, after, notes, gaps }: DiffReport, catalogue: Catalogue): Generator<string> {
  yield `{"schema":"ringwall.network-diff/v1",\n"changes":[`;
  yield* jsonElements(diffEntries(before, after, true), (entry) => entry);
  yield `],\n"notes":${jsonText(notes.map((note) => noteDocument(note, catalogue)))},\n`;
  yield `"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

/** One line a change. */
export function* diffNdjson({ before, after }: DiffReport): Generator<string> {
  for (const entry of diffEntries(before, after, true)) yield `${jsonText(entry)}\n`;
}
