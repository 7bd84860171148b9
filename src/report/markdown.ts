// `-o markdown`: a comment on a pull request. A table of counts, one fold a cause, at most as long as a comment may be.

import { fillTemplate } from "../verdicts/message.ts";
import type { Finding } from "../verdicts/finding.ts";
import type { Gap } from "../verdicts/gap.ts";
import { SEVERITIES } from "../verdicts/severity.ts";
import type { Catalogue } from "./catalogue.ts";
import { causesOf, causeText, type Cause } from "./cause.ts";
import { closingText } from "./closing-text.ts";
import { placeText, resourceText, valueText } from "./evidence-text.ts";
import { exceptionText } from "./exception-text.ts";
import type { ExceptedFinding } from "../verdicts/excepted.ts";
import { ruleTextOf } from "./finding-text.ts";
import { codeArguments, codeSpan } from "./markdown-text.ts";
import { gapText } from "./gap-text.ts";
import { noteCount, notesOf, type WordedNote } from "./note-text.ts";
import { countBySeverity, type Report } from "./report.ts";

/** GitHub takes comments of up to 65,536 characters; the rest is for what the user puts around it. */
const LONGEST = 60_000;

/** A fold: its heading, what stands above the table, the table's columns and rows, what stands below. */
interface Fold {
  readonly heading: string;
  readonly isOpen: boolean;
  readonly above: string;
  readonly columns: readonly string[];
  readonly count: number;
  readonly rowAt: (index: number) => readonly string[];
  readonly below: string;
}

export function* markdownReport(report: Report, catalogue: Catalogue): Generator<string> {
  const head = headOf(report, catalogue);
  const tail = `\n${closingText(report, catalogue)}\n`;
  yield head;
  let room = LONGEST - head.length - tail.length;
  let dropped = 0;
  for (const fold of foldsOf(report, catalogue)) {
    const { text, left } = render(fold, room);
    room -= text.length;
    dropped += left;
    yield text;
  }
  if (dropped > 0) yield `\n${catalogue.say("markdown.rest", { count: dropped })}\n`;
  yield tail;
}

function headOf(report: Report, catalogue: Catalogue): string {
  const { run, target, rules } = report;
  const count = countBySeverity(report.findings);
  const summary = catalogue.say("report.summary", {
    objects: run.objects,
    workloads: run.workloads,
    namespaces: run.namespaces.length,
    rules: rules.length,
    kubernetes: target.kubernetes.replace(/^v/, ""),
  });
  const columns = [
    ...SEVERITIES.map((severity) => [catalogue.say(`severity.${severity}`), count[severity]]),
    [catalogue.say("verdict.manual"), run.manual.length],
    [catalogue.say("verdict.excepted"), report.run.excepted.length],
    [catalogue.say("verdict.not-evaluated"), run.gaps.length],
  ];
  return [
    `**Ringwall** · ${summary}\n\n`,
    tableRow(columns.map(([name]) => name)),
    tableRow(columns.map(() => "--:")),
    tableRow(columns.map(([, number]) => number)),
  ].join("");
}

function* foldsOf(report: Report, catalogue: Catalogue): Generator<Fold> {
  const { gaps, manual } = report.run;
  for (const cause of causesOf(report.findings))
    yield causeFold(cause, catalogue.say(`severity.${cause.rule.severity}`), catalogue);
  for (const cause of causesOf(report.comparison?.known ?? []))
    yield { ...causeFold(cause, catalogue.say("verdict.known"), catalogue), isOpen: false };
  for (const cause of causesOf(manual)) yield causeFold(cause, catalogue.say("verdict.manual"), catalogue);
  if (gaps.length > 0) yield gapFold(gaps, catalogue);
  for (const cause of causesOf(report.run.excepted)) yield exceptedFold(cause, catalogue);
  if (noteCount(report) > 0) yield noteFold([...notesOf(report, catalogue)], catalogue);
}

function causeFold(cause: Cause, label: string, catalogue: Catalogue): Fold {
  const { rule, findings } = cause;
  const { risk, fix } = causeText({ rule, findings: findings.map(escaped) }, catalogue.language);
  // In a heading HTML is read, and mentions are: it takes no text but ours.
  const { title } = ruleTextOf(rule, catalogue.language);
  return {
    heading: `<b>${label}</b> · ${title} · ${findings.length} · <code>${rule.id}</code>`,
    isOpen: rule.severity === "critical",
    above: risk,
    columns: [catalogue.say("column.resource"), catalogue.say("column.where"), catalogue.say("column.value")],
    count: findings.length,
    rowAt: (index) => findingRow(findings[index], catalogue),
    below: fix === "" ? "" : catalogue.say("report.fix", { fix }),
  };
}

function escaped(finding: Finding): Finding {
  return { ...finding, arguments: codeArguments(finding.arguments) };
}

function findingRow(finding: Finding | undefined, catalogue: Catalogue): readonly string[] {
  if (finding === undefined) return [];
  const [first] = finding.evidence;
  const message = fillTemplate(finding.rule.text[catalogue.language].message, codeArguments(finding.arguments));
  const value = first === undefined ? "" : codeSpan(valueText(first, catalogue));
  return [
    codeSpan(resourceText(finding.resource)),
    codeSpan(placeText(first?.position)),
    value === "" ? message : `${message}: ${value}`,
  ];
}

function gapFold(gaps: readonly Gap[], catalogue: Catalogue): Fold {
  return {
    heading: `<b>${catalogue.say("verdict.not-evaluated")}</b> · ${gaps.length}`,
    isOpen: true,
    above: "",
    columns: [catalogue.say("column.where"), catalogue.say("column.resource"), catalogue.say("column.reason")],
    count: gaps.length,
    rowAt: (index) => gapRow(gaps[index], catalogue),
    below: "",
  };
}

function exceptedFold(cause: Cause<ExceptedFinding>, catalogue: Catalogue): Fold {
  return {
    ...causeFold(cause, catalogue.say("verdict.excepted"), catalogue),
    isOpen: false,
    columns: [catalogue.say("column.resource"), catalogue.say("column.where"), catalogue.say("column.reason")],
    rowAt: (index) => exceptedRow(cause.findings[index], catalogue),
    below: "",
  };
}

function noteFold(notes: readonly WordedNote[], catalogue: Catalogue): Fold {
  return {
    heading: `<b>${catalogue.say("report.note")}</b> · ${notes.length}`,
    isOpen: false,
    above: "",
    columns: [catalogue.say("column.where"), catalogue.say("report.note")],
    count: notes.length,
    rowAt: (index) => [codeSpan(placeText(notes[index]?.position)), codeSpan(notes[index]?.message ?? "")],
    below: "",
  };
}

function gapRow(gap: Gap | undefined, catalogue: Catalogue): readonly string[] {
  if (gap === undefined) return [];
  const { what, position, reason } = gap;
  return [
    codeSpan(placeText(position)),
    codeSpan(what),
    gapText({ ...gap, reason: { ...reason, arguments: codeArguments(reason.arguments ?? {}) } }, catalogue),
  ];
}

function exceptedRow(finding: ExceptedFinding | undefined, catalogue: Catalogue): readonly string[] {
  if (finding === undefined) return [];
  return [
    codeSpan(resourceText(finding.resource)),
    codeSpan(placeText(finding.evidence[0]?.position)),
    codeSpan(exceptionText(finding.exception, catalogue)),
  ];
}

/** As many rows as there is room for; `left` is how many there was none for. */
function render(fold: Fold, room: number): { readonly text: string; readonly left: number } {
  const { heading, isOpen, above, columns, count, rowAt, below } = fold;
  const start = [
    `\n<details${isOpen ? " open" : ""}><summary>${heading}</summary>\n\n`,
    above === "" ? "" : `${above}\n\n`,
    tableRow(columns),
    tableRow(columns.map(() => "---")),
  ].join("");
  const end = `${below === "" ? "" : `\n${below}\n`}\n</details>\n`;
  let text = start;
  let shown = 0;
  for (; shown < count; shown++) {
    const row = tableRow(rowAt(shown));
    if (text.length + row.length + end.length > room) break;
    text += row;
  }
  return shown === 0 ? { text: "", left: count } : { text: text + end, left: count - shown };
}

function tableRow(cells: readonly (string | number | undefined)[]): string {
  return `| ${cells.join(" | ")} |\n`;
}
