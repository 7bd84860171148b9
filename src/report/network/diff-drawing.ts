// `network diff -o csv|dot|mermaid`: what opens and closes, as rows and as edges.

import { diffEntries } from "../../layers/network/questions/diff-json.ts";
import { gapLine } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { linesOf, type DiffLine, type DiffReport } from "./diff.ts";
import { row } from "./csv-row.ts";
import { mermaidText, quoted } from "./map-drawing.ts";
import { plainPorts } from "./ports-text.ts";

/** A row for each pair and change; `depends` has what may be open now. */
export function* diffCsv({ before, after, gaps }: DiffReport): Generator<string> {
  yield row(["change", "from", "to", "ports"]);
  for (const { from, to, opened, closed, depends } of diffEntries(before, after, false)) {
    if (opened !== undefined) yield row(["opened", from, to, plainPorts(opened)]);
    if (closed !== undefined) yield row(["closed", from, to, plainPorts(closed)]);
    if (depends !== undefined) yield row(["depends", from, to, plainPorts(depends.after)]);
  }
  for (const { what, code } of gaps) yield row(["not-evaluated", what, "", code]);
}

const COLOURS: Readonly<Record<DiffLine["change"], string>> = { opened: "red", closed: "green", changed: "orange" };

export function* diffDot(report: DiffReport, catalogue: Catalogue): Generator<string> {
  const { names, edges } = drawing(report, catalogue);
  yield `digraph network {\n  rankdir=LR;\n  node [shape=box];\n`;
  for (const gap of report.gaps) yield `  // ${gapLine(gap, catalogue)}\n`;
  for (const [name, number] of names) yield `  n${number} [label=${quoted(name)}];\n`;
  for (const { from, to, change, text } of edges) {
    const style = change === "closed" ? ", style=dashed" : "";
    yield `  n${from} -> n${to} [label=${quoted(text)}, color=${COLOURS[change]}${style}];\n`;
  }
  yield "}\n";
}

export function* diffMermaid(report: DiffReport, catalogue: Catalogue): Generator<string> {
  const { names, edges } = drawing(report, catalogue);
  yield "flowchart LR\n";
  for (const gap of report.gaps) yield `  %% ${gapLine(gap, catalogue).replaceAll(/[{}]/g, "")}\n`;
  for (const [name, number] of names) yield `  n${number}["${mermaidText(name)}"]\n`;
  for (const { from, to, change, text } of edges)
    yield `  n${from} ${change === "closed" ? "-.->" : "-->"}|"${mermaidText(text)}"| n${to}\n`;
}

interface DrawnEdge extends Pick<DiffLine, "change"> {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Ends by their numbers; targets that change alike for one source are one node. */
function drawing(report: DiffReport, catalogue: Catalogue) {
  const names = new Map<string, number>();
  const numberOf = (name: string): number => {
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    return number;
  };
  const edges = linesOf(report, catalogue).lines.map(({ change, from, ports, targets }): DrawnEdge => {
    const text = `${catalogue.say(`network.${change}`)} ${ports}`;
    return { from: numberOf(from), to: numberOf(targets.join(", ")), change, text };
  });
  return { names, edges };
}
