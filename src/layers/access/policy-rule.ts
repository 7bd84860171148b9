// A PolicyRule with every list present: null elements are the zero value, as the API server decodes them.

import type { StoredPolicyRule } from "../../kubernetes/rbac.ts";

/** Rights: `verbs` on `resources` of `apiGroups` (optionally only `resourceNames`), and on `nonResourceURLs`. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

const NONE: readonly string[] = [];

/** The rule a stored one decodes to. Lists without null elements are shared, not copied. */
export function policyRuleOf(stored: StoredPolicyRule | null): PolicyRule {
  return {
    verbs: listOf(stored?.verbs),
    apiGroups: listOf(stored?.apiGroups),
    resources: listOf(stored?.resources),
    resourceNames: listOf(stored?.resourceNames),
    nonResourceURLs: listOf(stored?.nonResourceURLs),
  };
}

/**
 * Text that two rules share exactly when they have equal lists in equal order (equality.Semantic.DeepEqual: an absent list
 * equals an empty one).
 */
export function ruleKey(rule: PolicyRule): string {
  return JSON.stringify([rule.verbs, rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs]);
}

function listOf(stored: readonly (string | null)[] | null | undefined): readonly string[] {
  if (stored == null || stored.length === 0) return NONE;
  return stored.includes(null) ? stored.map((item) => item ?? "") : (stored as readonly string[]); // no null in it
}
