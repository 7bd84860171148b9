// `network test -o csv|markdown|dot|mermaid`: an assertion is a row; drawings have the pairs that break one.

import type { AssertionReport } from "../../layers/network/questions/assertion-file.ts";
import { gapLine } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { codeSpan } from "../markdown-text.ts";
import { countsOf, detailLines, foundOf, type AssertionsReport } from "./assertions.ts";
import { placedText } from "./chain-text.ts";
import { row } from "./csv-row.ts";
import { dotDrawing, mermaidDrawing, type DrawnEdge, type Drawing } from "./edge-drawing.ts";
import { restOfMarkdown } from "./map-drawing.ts";
import { plainPorts, portsText } from "./ports-text.ts";

/** `from`, `to` and `ports` are those of the counter-example. */
export function* assertionsCsv({ assertions, gaps }: AssertionsReport, catalogue: Catalogue): Generator<string> {
  yield row(["result", "name", "from", "to", "ports", "why"]);
  for (const assertion of assertions) {
    const { result, name, counterExample } = assertion;
    const { from = "", to = "", ports } = counterExample ?? {};
    const why = detailLines(assertion, catalogue).map(placedText).join("; ");
    yield row([result, name, from, to, ports === undefined ? "" : plainPorts(ports), why]);
  }
  for (const { what, code } of gaps) yield row(["not-evaluated", what, "", "", "", code]);
}

export function* assertionsMarkdown(report: AssertionsReport, catalogue: Catalogue): Generator<string> {
  const { say } = catalogue;
  const { assertions, file } = report;
  if (assertions.length === 0) yield `${say("network.test-none", { file: codeSpan(file) })}\n`;
  else {
    const columns = (["result", "assertion", "why"] as const).map((column) => say(`network.column-${column}`));
    yield `${say("network.test-head", countsOf(assertions))}\n\n| ${columns.join(" | ")} |\n|---|---|---|\n`;
  }
  for (const assertion of assertions) {
    const why = detailLines(assertion, catalogue).map((line) => codeSpan(placedText(line)));
    yield `| ${say(`network.test-${assertion.result}`)} | ${codeSpan(assertion.name)} | ${why.join("<br>")} |\n`;
  }
  yield* restOfMarkdown(report, catalogue);
}

export function assertionsDot(report: AssertionsReport, catalogue: Catalogue): Iterable<string> {
  return drawAssertions(report, catalogue, dotDrawing());
}

export function assertionsMermaid(report: AssertionsReport, catalogue: Catalogue): Iterable<string> {
  return drawAssertions(report, catalogue, mermaidDrawing());
}

const EDGES: Readonly<Record<ReturnType<typeof foundOf>, Pick<DrawnEdge, "colour" | "line">>> = {
  open: { colour: "red", line: "open" },
  closed: { colour: "red", line: "closed" },
  maybe: { colour: "orange", line: "unsure" },
};

/** Assertions that have no pair to show are comments. */
function* drawAssertions(
  { assertions, gaps }: AssertionsReport,
  catalogue: Catalogue,
  drawing: Drawing,
): Generator<string> {
  const titleOf = ({ result, name }: AssertionReport): string => `${catalogue.say(`network.test-${result}`)}: ${name}`;
  const unseen = assertions.filter(({ counterExample }) => counterExample === undefined);
  yield* drawing.head([...unseen.map(titleOf), ...gaps.map((gap) => gapLine(gap, catalogue))]);
  for (const assertion of assertions) {
    const { counterExample, result } = assertion;
    if (counterExample === undefined) continue;
    const { from, to, ports, by } = counterExample;
    const [, ...rules] = detailLines(assertion, catalogue).map(placedText);
    const lines = [titleOf(assertion), portsText(ports, catalogue), ...rules];
    yield* drawing.edge({ from, to, lines, ...EDGES[foundOf(result, by)] });
  }
  yield* drawing.tail();
}
