// `-o junit`: one test suite a rule; findings fail, what nobody could evaluate, checks for a person and exceptions are
// skipped, and the resources that pass are one case with their number.

import { emptyTally } from "../controls/tally.ts";
import type { Finding } from "../verdicts/finding.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Rule } from "../verdicts/rule.ts";
import type { Catalogue } from "./catalogue.ts";
import { placeText, resourceText, valueText } from "./evidence-text.ts";
import { exceptionText } from "./exception-text.ts";
import { textOf } from "./finding-text.ts";
import { gapText } from "./gap-text.ts";
import { noteCount, notesOf } from "./note-text.ts";
import { reportedOf, type Report, type Reported } from "./report.ts";
import { xmlAttributes, xmlText } from "./xml-text.ts";

interface Case {
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** What is inside the element; empty for a case that passes. */
  readonly content: string;
}

export function* junitReport(report: Report, catalogue: Catalogue): Generator<string> {
  const byRule = Map.groupBy(reportedOf(report), ({ finding }) => finding.rule);
  const rules = new Set([...report.rules, ...byRule.keys()]);
  const { gaps } = report.run;
  const failures = report.findings.length;
  const listed =
    failures + (report.comparison?.known.length ?? 0) + report.run.manual.length + report.run.excepted.length;
  const passes = [...rules].filter((rule) => hasRuleCase(report, rule, byRule.has(rule)));
  const skips = passes.filter((rule) => passesOf(report, rule) === 0).length;
  const tests = listed + passes.length + gaps.length;
  const skipped = listed - failures + skips + gaps.length;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes({ name: "Ringwall", tests, failures, errors: 0, skipped })}>\n`;
  for (const rule of rules) {
    const reported = byRule.get(rule) ?? [];
    const cases = hasRuleCase(report, rule, byRule.has(rule)) ? [ruleCase(report, rule, catalogue)] : [];
    const counts = {
      tests: reported.length + cases.length,
      failures: reported.filter(({ status }) => status === "fail").length,
      skipped:
        reported.filter(({ status }) => status !== "fail").length +
        cases.filter(({ content }) => content !== "").length,
    };
    yield* suite(rule.id, counts, [...cases, ...reported.map((one) => findingCase(one, catalogue))]);
  }
  if (gaps.length > 0) {
    const name = catalogue.say("verdict.not-evaluated");
    yield* suite(
      name,
      { tests: gaps.length, failures: 0, skipped: gaps.length },
      gaps.map((gap) => gapCase(gap, name, catalogue)),
    );
  }
  yield* noteSuite(report, catalogue);
  yield "</testsuites>\n";
}

function* suite(
  name: string,
  { tests, failures, skipped }: { readonly tests: number; readonly failures: number; readonly skipped: number },
  cases: readonly Case[],
): Generator<string> {
  yield `<testsuite${xmlAttributes({ name, tests, failures, errors: 0, skipped })}>\n`;
  for (const { attributes, content } of cases) {
    yield content === ""
      ? `<testcase${xmlAttributes(attributes)}/>\n`
      : `<testcase${xmlAttributes(attributes)}>${content}</testcase>\n`;
  }
  yield "</testsuite>\n";
}

/** Notes are no tests: a suite without any, with one line of output a note. */
function* noteSuite(report: Report, catalogue: Catalogue): Generator<string> {
  if (noteCount(report) === 0) return;
  const name = catalogue.say("report.note");
  yield `<testsuite${xmlAttributes({ name, tests: 0, failures: 0, errors: 0, skipped: 0 })}>\n<system-out>`;
  for (const { message, position } of notesOf(report, catalogue))
    yield `${xmlText([message, placeText(position)].filter((part) => part !== "").join("  "))}\n`;
  yield "</system-out>\n</testsuite>\n";
}

function passesOf(report: Report, rule: Rule): number {
  return (report.run.tallies.get(rule) ?? emptyTally()).pass;
}

/** A suite says how many resources pass; one with nothing at all says that it does not apply. */
function hasRuleCase(report: Report, rule: Rule, isReported: boolean): boolean {
  return passesOf(report, rule) > 0 || !isReported;
}

function ruleCase(report: Report, rule: Rule, catalogue: Catalogue): Case {
  const pass = passesOf(report, rule);
  const title = rule.text[catalogue.language].title;
  if (pass > 0)
    return { attributes: { classname: rule.id, name: catalogue.say("report.pass", { count: pass }) }, content: "" };
  const { "not-evaluated": unevaluated } = report.run.tallies.get(rule) ?? emptyTally();
  const message = catalogue.say(unevaluated > 0 ? "verdict.not-evaluated" : "report.not-applicable");
  return { attributes: { classname: rule.id, name: title }, content: `<skipped${xmlAttributes({ message })}/>` };
}

function findingCase(reported: Reported, catalogue: Catalogue): Case {
  const { status, finding } = reported;
  const { message } = textOf(finding, catalogue.language);
  const position = finding.evidence[0]?.position;
  return {
    attributes: {
      classname: finding.rule.id,
      name: `${resourceText(finding.resource)}: ${message}`,
      file: position?.file,
      line: position?.line,
    },
    content:
      status === "fail"
        ? failureOf(finding, catalogue)
        : `<skipped${xmlAttributes({ message: skipReason(reported, catalogue) })}/>`,
  };
}

function failureOf(finding: Finding, catalogue: Catalogue): string {
  const { message, risk, fix } = textOf(finding, catalogue.language);
  const evidence = finding.evidence.map((one) =>
    [placeText(one.position), valueText(one, catalogue)].filter((part) => part !== "").join("  "),
  );
  const lines = [...evidence, risk, ...(fix === "" ? [] : [catalogue.say("report.fix", { fix })])];
  return `<failure${xmlAttributes({ type: finding.rule.severity, message })}>${lines.map(xmlText).join("\n")}</failure>`;
}

function skipReason(reported: Reported, catalogue: Catalogue): string {
  return reported.status === "excepted"
    ? catalogue.say("exception.because", { text: exceptionText(reported.finding.exception, catalogue) })
    : catalogue.say(reported.status === "known" ? "verdict.known" : "verdict.manual");
}

function gapCase(gap: Gap, suiteName: string, catalogue: Catalogue): Case {
  const { what, position } = gap;
  return {
    attributes: {
      classname: suiteName,
      name: [what, placeText(position)].filter((part) => part !== "").join("  "),
      file: position?.file,
      line: position?.line,
    },
    content: `<skipped${xmlAttributes({ message: gapText(gap, catalogue) })}/>`,
  };
}
