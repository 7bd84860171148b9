// Fewer rules with the same meaning: rules of one group and resource that differ only in verbs become one
// (k/k pkg/registry/rbac/validation/policy_compact.go), and their text in a refusal.

import { goQuoteList } from "./go-quote.ts";
import type { PolicyRule } from "./policy-rule.ts";

/**
 * Combines simple rules (one group, one resource, at most one name) by their verbs. The others come first, then the
 * combined ones in the order of their first appearance. Linear.
 */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const others: PolicyRule[] = [];
  const simple = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const key = simpleKey(rule);
    if (key === undefined) {
      others.push(rule);
      continue;
    }
    const existing = simple.get(key);
    simple.set(key, existing === undefined ? rule : { ...existing, verbs: [...existing.verbs, ...rule.verbs] });
  }
  return [...others, ...simple.values()];
}

/** A rule as a refusal names it: `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`. */
export function ruleText(rule: PolicyRule): string {
  const parts: string[] = [];
  if (rule.apiGroups.length > 0) parts.push(`APIGroups:${goQuoteList(rule.apiGroups)}`);
  if (rule.resources.length > 0) parts.push(`Resources:${goQuoteList(rule.resources)}`);
  if (rule.nonResourceURLs.length > 0) parts.push(`NonResourceURLs:${goQuoteList(rule.nonResourceURLs)}`);
  if (rule.resourceNames.length > 0) parts.push(`ResourceNames:${goQuoteList(rule.resourceNames)}`);
  if (rule.verbs.length > 0) parts.push(`Verbs:${goQuoteList(rule.verbs)}`);
  return `{${parts.join(", ")}}`;
}

function simpleKey(rule: PolicyRule): string | undefined {
  if (rule.resourceNames.length > 1 || rule.nonResourceURLs.length > 0) return undefined;
  if (rule.apiGroups.length !== 1 || rule.resources.length !== 1) return undefined;
  return JSON.stringify([rule.apiGroups[0], rule.resources[0], ...rule.resourceNames]);
}
