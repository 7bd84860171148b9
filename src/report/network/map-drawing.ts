// `network map -o dot|mermaid|markdown`: groups as nodes, what is open as edges; what depends is dashed.

import { gapLine } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { codeSpan } from "../markdown-text.ts";
import { mermaidComment, mermaidText, quoted } from "./edge-drawing.ts";
import { exposureMarkdown } from "./exposure.ts";
import { edgesOf, groupMap } from "./map-groups.ts";
import { noteText } from "./note.ts";
import { edgeText, groupName, type MapReport } from "./map-report.ts";

export function* mapDot({ network, gaps }: MapReport, catalogue: Catalogue): Generator<string> {
  const map = groupMap(network);
  const { groups } = map;
  yield `digraph network {\n  rankdir=LR;\n  node [shape=box];\n`;
  for (const gap of gaps) yield `  // ${gapLine(gap, catalogue)}\n`;
  for (const [number, group] of groups.entries()) {
    const shape = group.isOutside ? ", shape=ellipse" : "";
    yield `  n${number} [label=${quoted([groupName(group, catalogue)])}${shape}];\n`;
  }
  for (const edge of edgesOf(map)) {
    const style = edge.ports === undefined ? ", style=dashed" : "";
    yield `  n${edge.from} -> n${edge.to} [label=${quoted([edgeText(edge, catalogue)])}${style}];\n`;
  }
  yield "}\n";
}

export function* mapMermaid({ network, gaps }: MapReport, catalogue: Catalogue): Generator<string> {
  const map = groupMap(network);
  const { groups } = map;
  yield "flowchart LR\n";
  for (const gap of gaps) yield mermaidComment(gapLine(gap, catalogue));
  for (const [number, group] of groups.entries()) {
    const label = `"${mermaidText(groupName(group, catalogue))}"`;
    yield `  n${number}${group.isOutside ? `([${label}])` : `[${label}]`}\n`;
  }
  for (const edge of edgesOf(map)) {
    const arrow = edge.ports === undefined ? "-.->" : "-->";
    yield `  n${edge.from} ${arrow}|"${mermaidText(edgeText(edge, catalogue))}"| n${edge.to}\n`;
  }
}

export function* mapMarkdown(
  { network, hasExposure, notes, gaps }: MapReport,
  catalogue: Catalogue,
): Generator<string> {
  const { say } = catalogue;
  const map = groupMap(network);
  const { groups, workloads, pairs } = map;
  yield `${say("network.map-head", { workloads, pairs })}\n\n`;
  yield `| ${say("network.column-from")} | ${say("network.column-to")} | ${say("network.column-ports")} |\n|---|---|---|\n`;
  for (const edge of edgesOf(map)) {
    const [from, to] = [groups[edge.from], groups[edge.to]];
    if (from === undefined || to === undefined) continue;
    yield `| ${codeSpan(groupName(from, catalogue))} | ${codeSpan(groupName(to, catalogue))} | ${codeSpan(edgeText(edge, catalogue))} |\n`;
  }
  const large = groups.filter(({ members, isOutside }) => members.length > 1 && !isOutside);
  if (large.length > 0) yield "\n";
  for (const group of large)
    yield `- ${codeSpan(groupName(group, catalogue))}: ${group.members.map(codeSpan).join(", ")}\n`;
  if (hasExposure) yield* exposureMarkdown(network, catalogue);
  yield* restOfMarkdown({ notes, gaps }, catalogue);
}

/** What was read, but not as written, and what was not evaluated. */
export function* restOfMarkdown(
  { notes, gaps }: Pick<MapReport, "notes" | "gaps">,
  catalogue: Catalogue,
): Generator<string> {
  if (notes.length > 0) yield "\n";
  for (const note of notes) yield `- ${codeSpan(noteText(note, catalogue))}\n`;
  if (gaps.length > 0) yield `\n**${catalogue.say("report.not-evaluated")}**\n\n`;
  for (const gap of gaps) yield `- ${codeSpan(gapLine(gap, catalogue))}\n`;
}
