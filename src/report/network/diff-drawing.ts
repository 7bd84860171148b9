// `network diff -o csv|dot|mermaid`: what opens and closes, as rows and as edges.

import { diffEntries } from "../../layers/network/questions/diff-json.ts";
import { gapLine } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { linesOf, type DiffLine, type DiffReport } from "./diff.ts";
import { row } from "./csv-row.ts";
import { dotDrawing, mermaidDrawing, type DrawnEdge, type Drawing } from "./edge-drawing.ts";
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

export function diffDot(report: DiffReport, catalogue: Catalogue): Iterable<string> {
  return drawDiff(report, catalogue, dotDrawing());
}

export function diffMermaid(report: DiffReport, catalogue: Catalogue): Iterable<string> {
  return drawDiff(report, catalogue, mermaidDrawing());
}

const CHANGE_EDGES: Readonly<Record<DiffLine["change"], Pick<DrawnEdge, "colour" | "line">>> = {
  opened: { colour: "red", line: "open" },
  closed: { colour: "green", line: "closed" },
  changed: { colour: "orange", line: "unsure" },
};

/** Targets that change alike for one source are one node. */
function* drawDiff(report: DiffReport, catalogue: Catalogue, drawing: Drawing): Generator<string> {
  yield* drawing.head(report.gaps.map((gap) => gapLine(gap, catalogue)));
  for (const { change, from, ports, targets } of linesOf(report, catalogue).lines) {
    const lines = [`${catalogue.say(`network.${change}`)} ${ports}`];
    yield* drawing.edge({ from, to: targets.join(", "), lines, ...CHANGE_EDGES[change] });
  }
  yield* drawing.tail();
}
