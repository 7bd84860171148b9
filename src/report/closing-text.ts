// The sentence a report ends with: how much was found, and what the exit code will be and why.

import type { Catalogue } from "./catalogue.ts";
import { causesOf } from "./cause.ts";
import { comparisonText } from "./comparison-text.ts";
import { exitCodeOf } from "./exit-code.ts";
import { printable } from "./printable.ts";
import { openGaps, type Report } from "./report.ts";

export function closingText(report: Report, catalogue: Catalogue): string {
  const { run, findings, rules, failOn, comparison } = report;
  if (run.objects === 0 && findings.length === 0) return nothingText(report, catalogue);
  if (comparison !== undefined) return comparisonText(report, comparison, catalogue);
  const gaps = openGaps(run.gaps).length;
  const counts = { workloads: run.workloads, rules: rules.length, gaps };
  const exit = exitCodeOf(report);
  const both = (first: string, second: string): string => catalogue.say("report.sentences", { first, second });
  if (findings.length === 0) {
    if (gaps === 0) return catalogue.say("report.clean", counts);
    return both(catalogue.say("report.clean-incomplete", counts), catalogue.say("report.exit.3"));
  }
  const total = catalogue.say("report.total", { findings: findings.length, causes: causesOf(findings).length });
  if (exit === 3) return both(total, catalogue.say("report.exit.3"));
  if (exit === 0 && failOn === "none") return both(total, catalogue.say("report.exit.0.none"));
  const threshold = failOn === "none" ? failOn : catalogue.say(`severity.${failOn}`);
  return both(total, catalogue.say(exit === 1 ? "report.exit.1" : "report.exit.0", { threshold, failOn }));
}

/** Nothing was read at all: never to be taken for a clean result. */
export function nothingText({ run }: Report, catalogue: Catalogue): string {
  const nothing = run.gaps.find(({ code }) => code === "no-objects");
  const reason = nothing === undefined ? "" : catalogue.sayAny(nothing.reason.id, nothing.reason.arguments);
  return printable(catalogue.say("report.nothing", { reason }));
}
