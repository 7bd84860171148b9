// A report: the verdicts of one run, ready to be rendered. Reporters turn it into chunks of text and never print.

import type { Comparison } from "../controls/baseline/compare.ts";
import type { JudgedFramework } from "../controls/frameworks/judge.ts";
import type { RunResult } from "../controls/run.ts";
import type { Finding } from "../verdicts/finding.ts";
import type { Gap } from "../verdicts/gap.ts";
import type { Layer, Rule } from "../verdicts/rule.ts";
import { SEVERITIES, type Severity } from "../verdicts/severity.ts";
import type { ExceptedFinding } from "../verdicts/excepted.ts";

export interface Target {
  readonly kind: "files" | "cluster" | "dump";
  /** As the user wrote them. */
  readonly names: readonly string[];
  /** The Kubernetes version judged for, e.g. `v1.37`. */
  readonly kubernetes: string;
  /** Of a cluster or dump: the API server. */
  readonly server?: string;
  /** The kubeconfig context it was reached by. */
  readonly context?: string;
  /** The namespaces it was limited to; empty or absent for all. */
  readonly namespaces?: readonly string[];
  /** When a dump was taken, RFC 3339. */
  readonly takenAt?: string;
}

export interface Report {
  readonly version: string;
  readonly target: Target;
  readonly elapsedMilliseconds: number;
  readonly run: RunResult;
  /** Sorted by severity, then rule, then input order. With a comparison, only those that are new. */
  readonly findings: readonly Finding[];
  /** When the run was compared with an earlier one: what was known, and what is gone. */
  readonly comparison?: Comparison;
  /** Every rule that was asked, by id. */
  readonly rules: readonly Rule[];
  readonly failOn: Severity | "none";
  /** The requirements that were asked for by `--framework`; absent without it. */
  readonly frameworks?: readonly JudgedFramework[];
}

export type FindingStatus = "fail" | "known" | "manual" | "excepted";

/** A finding, one that was known before, a check for a person, or an excepted finding, as reports list them. */
export type Reported =
  | { readonly status: "fail" | "known" | "manual"; readonly finding: Finding }
  | { readonly status: "excepted"; readonly finding: ExceptedFinding };

/** Everything a report lists besides gaps, in the order of every format: findings, known ones, manual checks, exceptions. */
export function* reportedOf(report: Report): Generator<Reported> {
  for (const finding of report.findings) yield { status: "fail", finding };
  for (const finding of report.comparison?.known ?? []) yield { status: "known", finding };
  for (const finding of report.run.manual) yield { status: "manual", finding };
  for (const finding of report.run.excepted) yield { status: "excepted", finding };
}

/** The order of findings in every format. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const rank = new Map<Severity, number>(SEVERITIES.map((severity, index) => [severity, index]));
  return findings
    .map((finding, index) => ({
      finding,
      index,
      severity: rank.get(finding.rule.severity) ?? 0,
      place: placeInOrder(finding),
    }))
    .sort(
      (a, b) =>
        a.severity - b.severity ||
        compare(a.finding.rule.id, b.finding.rule.id) ||
        compare(a.place, b.place) ||
        a.index - b.index,
    )
    .map(({ finding }) => finding);
}

/** Files come in their own order; a server answers in another one each time, so its objects go by name. */
function placeInOrder({ evidence, resource }: Finding): string {
  const { namespace, group, kind, name } = resource;
  return evidence[0]?.position === undefined ? `${namespace}/${group}/${kind}/${name}` : "";
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** How many findings of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { rule } of findings) count[rule.severity]++;
  return count;
}

/** Gaps that make the run incomplete: those not by design and not accepted. */
export function openGaps(gaps: readonly Gap[]): readonly Gap[] {
  return gaps.filter((gap) => gap.isAccepted !== true);
}

/** The layer a rule belongs to: the first part of its id. */
export function layerOf({ id }: Rule): Layer {
  return id.slice(0, id.indexOf("/")) as Layer; // rule ids are `layer/name` by type
}
