// A run held against a baseline: which findings are new, which were known, and which are gone for certain.

import { keyOf } from "../../cluster/resource-id.ts";
import { groupOf } from "../../kubernetes/object.ts";
import { fingerprintOf, type Finding } from "../../verdicts/finding.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { RunResult } from "../run.ts";
import type { Baseline, EarlierFinding } from "./baseline.ts";

export interface Comparison {
  /** How the baseline is called. */
  readonly name: string;
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Findings of the baseline that this run looked for and did not find. */
  readonly gone: readonly EarlierFinding[];
}

export interface Coverage {
  readonly rules: readonly Rule[];
  readonly targets: readonly string[];
  /** Whether resources like this are judged in this run. */
  readonly isSelected: (id: EarlierFinding["resource"]) => boolean;
}

/**
 * Findings are the same when their fingerprints are: they may have moved within and between files. Where an identity is
 * given several times, so many are known as there were before.
 */
export function compareWith(baseline: Baseline, run: RunResult, coverage: Coverage): Comparison {
  const left = new Map<string, number>();
  for (const { fingerprint } of baseline.findings) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  const take = (finding: Finding): boolean => {
    const fingerprint = fingerprintOf(finding);
    const count = left.get(fingerprint) ?? 0;
    if (count > 0) left.set(fingerprint, count - 1);
    return count > 0;
  };
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of run.findings) (take(finding) ? known : fresh).push(finding);
  for (const finding of [...run.manual, ...run.excepted]) take(finding); // still there, in another state
  const isGone = goneIn(run, baseline, coverage);
  const gone = baseline.findings.filter((earlier) => {
    const count = left.get(earlier.fingerprint) ?? 0;
    if (count === 0 || !isGone(earlier)) return false;
    left.set(earlier.fingerprint, count - 1);
    return true;
  });
  return { name: baseline.name, fresh, known, gone };
}

/** A finding is not gone because nobody looked: its rule was asked, its resource judged, or all it could be in read. */
function goneIn(run: RunResult, baseline: Baseline, coverage: Coverage): (finding: EarlierFinding) => boolean {
  const asked = new Set<string>(coverage.rules.map(({ id }) => id));
  const isSameTarget = sameNames(baseline.targets, coverage.targets);
  const unread = run.gaps.filter(({ rules = [] }) => rules.length === 0);
  return ({ rule, resource, file }) => {
    if (!asked.has(rule) || !coverage.isSelected(resource)) return false;
    const id = { ...resource, group: groupOf(resource.apiVersion) };
    const key = keyOf(id);
    if (run.wasRead(id)) {
      return !run.gaps.some((gap) => gap.resource !== undefined && keyOf(gap.resource) === key && concerns(gap, rule));
    }
    return isSameTarget && !unread.some((gap) => gap.resource === undefined && hides(gap, file));
  };
}

function concerns({ rules = [] }: Gap, rule: string): boolean {
  return rules.length === 0 || rules.includes(rule);
}

/** Whether the file could not be read whole, or lies in a folder that could not be rendered. */
function hides({ what, position }: Gap, file: string | undefined): boolean {
  const unread = position?.file ?? what;
  return file === undefined || file === unread || file.startsWith(`${unread.replace(/\/$/, "")}/`) || unread === ".";
}

function sameNames(some: readonly string[], others: readonly string[]): boolean {
  const names = new Set(some);
  return names.size === new Set(others).size && others.every((name) => names.has(name));
}
