// The same rights in few rules, for people to read: rules that differ in one list only become one, and what another rule
// already gives is dropped. No right is added or lost.

import { atomsOf, coversAtom, type RuleAtom } from "./cover.ts";
import { ruleKey, type PolicyRule } from "./policy-rule.ts";

const LISTS = ["verbs", "resourceNames", "resources", "apiGroups", "nonResourceURLs"] as const;

/** Rules of exactly the same rights, fewer and sorted. O(n × wildcards) in their atoms. */
export function minimalRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const distinct = new Map<string, RuleAtom>();
  for (const rule of rules) for (const atom of atomsOf(rule)) distinct.set(ruleKey(atom), atom);
  let merged = withoutCovered([...distinct.values()]);
  for (const list of LISTS) merged = mergeBy(merged, list);
  return merged.map(sorted).toSorted((one, other) => compare(ruleKey(one), ruleKey(other)));
}

// Among distinct atoms only one with a wildcard, or without a name, can cover another.
function withoutCovered(atoms: readonly RuleAtom[]): readonly RuleAtom[] {
  const broad = atoms.filter((atom) =>
    [...atom.verbs, ...atom.apiGroups, ...atom.resources, ...atom.nonResourceURLs].some((text) => text.includes("*")),
  );
  const unnamed = new Set(atoms.filter((atom) => atom.resourceNames.length === 0).map(ruleKey));
  return atoms.filter((atom) => {
    if (atom.resourceNames.length > 0 && unnamed.has(ruleKey({ ...atom, resourceNames: [] }))) return false;
    return !broad.some((other) => other !== atom && coversAtom(other, atom) && !isEarlierTwin(atom, other));
  });
}

/** Two atoms may cover each other (`/a*` and `/a**`); the first in order stays. */
function isEarlierTwin(atom: RuleAtom, other: RuleAtom): boolean {
  return coversAtom(atom, other) && compare(ruleKey(atom), ruleKey(other)) < 0;
}

function mergeBy(rules: readonly PolicyRule[], list: (typeof LISTS)[number]): readonly PolicyRule[] {
  const merged = new Map<string, PolicyRule>();
  for (const rule of rules) {
    // An empty list means something else than any filled one, so the two never merge.
    const key = `${rule[list].length === 0} ${ruleKey({ ...rule, [list]: [] })}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? rule : { ...known, [list]: union(known[list], rule[list]) });
  }
  return [...merged.values()].map(sorted);
}

function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])];
}

function sorted(rule: PolicyRule): PolicyRule {
  return {
    verbs: rule.verbs.toSorted(compare),
    apiGroups: rule.apiGroups.toSorted(compare),
    resources: rule.resources.toSorted(compare),
    resourceNames: rule.resourceNames.toSorted(compare),
    nonResourceURLs: rule.nonResourceURLs.toSorted(compare),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
