// A report that was compared with an earlier one: how many findings are new, known and gone, and what the exit code is
// for that.

import type { Comparison } from "../controls/baseline/compare.ts";
import type { EarlierFinding } from "../controls/baseline/baseline.ts";
import { isAtLeast } from "../verdicts/severity.ts";
import type { Catalogue } from "./catalogue.ts";
import { resourceText } from "./evidence-text.ts";
import { exitCodeOf } from "./exit-code.ts";
import { printable } from "./printable.ts";
import type { Report } from "./report.ts";

export function comparisonText(report: Report, { name, known, gone }: Comparison, catalogue: Catalogue): string {
  const { findings, failOn } = report;
  const counts = { name: printable(name), new: findings.length, known: known.length, gone: gone.length };
  return catalogue.say("report.sentences", {
    first: catalogue.say("report.compared", counts),
    second: exitText(report, known, failOn, catalogue),
  });
}

function exitText(report: Report, known: Comparison["known"], failOn: Report["failOn"], catalogue: Catalogue): string {
  const exit = exitCodeOf(report);
  if (exit === 3) return catalogue.say("report.exit.3");
  if (failOn === "none") return catalogue.say("report.exit.0.none");
  const values = { threshold: catalogue.say(`severity.${failOn}`), failOn };
  if (exit === 1) return catalogue.say("report.exit.1", values);
  const isKnown = known.some(({ rule }) => isAtLeast(rule.severity, failOn));
  return catalogue.say(isKnown ? "report.exit.0.known" : "report.exit.0", values);
}

/** `workloads/host-pid  Pod shop/cart  main`: an earlier finding, of which no more than this is certain. */
export function earlierText({ rule, resource, key = "" }: EarlierFinding): string {
  const { apiVersion, kind, namespace, name } = resource;
  return [rule, resourceText({ apiVersion, group: "", kind, namespace, name }), key]
    .filter((part) => part !== "")
    .map(printable)
    .join("  ");
}

export function comparisonJson({ name, fresh, known, gone }: Comparison): object {
  return { name, new: fresh.length, known: known.length, gone: gone.length };
}

export function earlierJson({ fingerprint, rule, resource, file }: EarlierFinding): object {
  const { apiVersion, kind, namespace, name } = resource;
  return {
    id: fingerprint,
    rule,
    resource: namespace === "" ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name },
    ...(file !== undefined && { file }),
  };
}
