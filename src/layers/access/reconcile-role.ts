// What the API server would add to a default role at start, and what a role has beyond it
// (k8s.io/component-helpers/auth/rbac/reconciliation).

import { AUTOUPDATE_ANNOTATION, type StoredSubject } from "../../kubernetes/rbac.ts";
import type { LabelSelector } from "../../kubernetes/label-selector.ts";
import { covers } from "./cover.ts";
import type { PolicyRule } from "./policy-rule.ts";

/** A role reduced to what is reconciled. */
export interface ReconciledRole {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly rules: readonly PolicyRule[];
  /** Present when the role has an aggregationRule. */
  readonly selectors?: readonly LabelSelector[];
}

export interface RoleReconciliation {
  readonly operation: "none" | "update";
  /** The autoupdate annotation forbids the update. */
  readonly isProtected: boolean;
  readonly missingRules: readonly PolicyRule[];
  /** Not computed when both roles are aggregated. */
  readonly extraRules: readonly PolicyRule[];
  readonly result: ReconciledRole;
}

/** Compares an existing role with the expected one; `removesExtra` as `kubectl auth reconcile --remove-extra-permissions`. */
export function reconcileRole(
  existing: ReconciledRole,
  expected: ReconciledRole,
  removesExtra: boolean,
): RoleReconciliation {
  const areAggregated = expected.selectors !== undefined && existing.selectors !== undefined;
  const extraRules = areAggregated ? [] : covers(expected.rules, existing.rules).uncovered;
  const missingRules = covers(existing.rules, expected.rules).uncovered;
  const labels = { ...expected.labels, ...existing.labels };
  const annotations = { ...expected.annotations, ...existing.annotations };
  const rules = merged(existing.rules, expected.rules, missingRules, extraRules, removesExtra);
  const selectors = reconcileSelectors(existing.selectors, expected.selectors, removesExtra);
  const isChanged =
    rules !== existing.rules ||
    selectors !== existing.selectors ||
    Object.keys(labels).length !== Object.keys(existing.labels).length ||
    Object.keys(annotations).length !== Object.keys(existing.annotations).length;
  return {
    operation: isChanged ? "update" : "none",
    isProtected: existing.annotations[AUTOUPDATE_ANNOTATION] === "false",
    missingRules,
    extraRules,
    result: { labels, annotations, rules, ...(selectors === undefined ? {} : { selectors }) },
  };
}

/** Subjects only in one of two lists, each once. */
export function diffSubjects(
  one: readonly StoredSubject[],
  other: readonly StoredSubject[],
): { readonly onlyOne: readonly StoredSubject[]; readonly onlyOther: readonly StoredSubject[] } {
  return { onlyOne: without(one, other, subjectText), onlyOther: without(other, one, subjectText) };
}

function reconcileSelectors(
  existing: readonly LabelSelector[] | undefined,
  expected: readonly LabelSelector[] | undefined,
  removesExtra: boolean,
): readonly LabelSelector[] | undefined {
  if (expected === undefined) return undefined;
  const missing = without(expected, existing ?? [], selectorText);
  const extra = without(existing ?? [], expected, selectorText);
  const result = merged(existing ?? [], expected, missing, extra, removesExtra);
  return existing === undefined && result.length === 0 ? undefined : result === existing ? existing : result;
}

/** The existing list itself when nothing is to be changed. */
function merged<T>(
  existing: readonly T[],
  expected: readonly T[],
  missing: readonly T[],
  extra: readonly T[],
  removesExtra: boolean,
): readonly T[] {
  if (!removesExtra) return missing.length === 0 ? existing : [...existing, ...missing];
  return missing.length + extra.length === 0 ? existing : expected;
}

function without<T>(list: readonly T[], taken: readonly T[], textOf: (item: T) => string): readonly T[] {
  const seen = new Set(taken.map(textOf));
  return list.filter((item) => {
    const text = textOf(item);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function subjectText({ kind, apiGroup, namespace, name }: StoredSubject): string {
  return JSON.stringify([kind ?? "", apiGroup ?? "", namespace ?? "", name ?? ""]);
}

function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const expressions = (matchExpressions ?? []).map((one) => [one?.key ?? "", one?.operator ?? "", one?.values ?? []]);
  return JSON.stringify([labels, expressions]);
}
