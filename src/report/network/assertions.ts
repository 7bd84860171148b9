// `network test`: each assertion with its result; a failure with a counter-example and the rules behind it.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import type { AssertionReport } from "../../layers/network/questions/assertion-file.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { gapLine, gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { Style } from "../text/style.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { xmlAttributes, xmlText } from "../xml-text.ts";
import { chainLines, placed, plain, type ChainLine } from "./chain-text.ts";
import { noteDocument, noteText } from "./note.ts";
import { portsText } from "./ports-text.ts";

export interface AssertionsReport {
  readonly file: string;
  readonly assertions: readonly AssertionReport[];
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
}

export function* assertionsText(
  report: AssertionsReport,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const { say } = catalogue;
  const { assertions, file, notes, gaps } = report;
  if (assertions.length === 0) yield `${say("network.test-none", { file: printable(file) })}\n`;
  const widest = Math.max(0, ...assertions.map(({ result }) => displayWidth(say(`network.test-${result}`))));
  const indent = " ".repeat(widest + 2);
  for (const assertion of assertions) {
    const { name, result } = assertion;
    const word = say(`network.test-${result}`);
    yield `${colourOf(result, style)(padEnd(word, widest))}  ${printable(name)}\n`;
    for (const line of detailLines(assertion, catalogue).flatMap((one) => placed(one, width - indent.length, style)))
      yield `${indent}${line}\n`;
  }
  if (assertions.length > 0) yield `\n${style.bold(say("network.test-head", countsOf(assertions)))}\n`;
  for (const note of notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
  yield* gapLines(gaps, catalogue, style);
}

function colourOf(result: AssertionReport["result"], style: Style): (text: string) => string {
  if (result === "passed") return style.green;
  return result === "failed" ? style.red : style.yellow;
}

export function countsOf(assertions: readonly AssertionReport[]): {
  total: number;
  passed: number;
  failed: number;
  open: number;
} {
  const passed = assertions.filter(({ result }) => result === "passed").length;
  const failed = assertions.filter(({ result }) => result === "failed").length;
  return { total: assertions.length, passed, failed, open: assertions.length - passed - failed };
}

/** What the counter-example shows. */
export function foundOf(
  result: AssertionReport["result"],
  by: NonNullable<AssertionReport["counterExample"]>["by"],
): "maybe" | "open" | "closed" {
  if (result === "depends") return "maybe";
  return by.some(({ kind, action }) => kind === "isolated" || action === "Deny") ? "closed" : "open";
}

/** Why it is not fulfilled; nothing of what is. */
export function detailLines(
  { result, problem, counterExample }: AssertionReport,
  catalogue: Catalogue,
): readonly ChainLine[] {
  const { say } = catalogue;
  if (problem !== undefined) return [plain(printable(say(`network.problem-${problem.kind}`, { text: problem.text })))];
  if (result === "empty") return [plain(say("network.test-nothing"))];
  if (counterExample === undefined) return [];
  const { from, to, by } = counterExample;
  const ports = portsText(counterExample.ports, catalogue);
  const line = say(`network.test-${foundOf(result, by)}`, { from: printable(from), to: printable(to), ports });
  return [plain(line), ...chainLines(by, { from, to, ports }, catalogue)];
}

export function* assertionsJson(
  { assertions, notes, gaps }: AssertionsReport,
  catalogue: Catalogue,
): Generator<string> {
  const document = {
    schema: "ringwall.network-test/v1",
    summary: countsOf(assertions),
    assertions,
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `${jsonText(document)}\n`;
}

/** Failures fail; what is not decided is an error, so that no pipeline takes it for a success. */
export function* assertionsJunit(report: AssertionsReport, catalogue: Catalogue): Generator<string> {
  const { assertions, gaps, file } = report;
  const { total, failed, open } = countsOf(assertions);
  const counts = { tests: total + gaps.length, failures: failed, errors: open, skipped: gaps.length };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes({ name: "Ringwall", ...counts })}>\n`;
  yield `<testsuite${xmlAttributes({ name: file, ...counts })}>\n`;
  for (const assertion of assertions) {
    const attributes = xmlAttributes({ classname: "network", name: assertion.name });
    const [first, ...rest] = detailLines(assertion, catalogue).map(({ text, place }) => `${text} ${place}`.trim());
    if (assertion.result === "passed") {
      yield `<testcase${attributes}/>\n`;
      continue;
    }
    const element = assertion.result === "failed" ? "failure" : "error";
    const type = xmlAttributes({ type: assertion.result, message: first ?? "" });
    yield `<testcase${attributes}><${element}${type}>${rest.map(xmlText).join("\n")}</${element}></testcase>\n`;
  }
  for (const gap of gaps) {
    const message = xmlAttributes({ message: gapLine(gap, catalogue) });
    yield `<testcase${xmlAttributes({ classname: "network", name: gap.what })}><skipped${message}/></testcase>\n`;
  }
  yield "</testsuite>\n</testsuites>\n";
}
