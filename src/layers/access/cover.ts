// Whether rules contain other rules, and what is left over (k8s.io/component-helpers/auth/rbac/validation/
// policy_comparator.go). The rules asked for are broken into atoms; each must be covered by one single owner rule.

import type { PolicyRule } from "./policy-rule.ts";
import { hasOrAll, pathCovers } from "./rule-match.ts";

/** One verb on one resource of one group with at most one name, or one verb on one path. */
export type RuleAtom = PolicyRule;

export interface Coverage {
  readonly covered: boolean;
  /** Atoms that no owner rule covers, in the order of the rules asked for. */
  readonly uncovered: readonly RuleAtom[];
  /** How many atoms the rules asked for have. */
  readonly atoms: number;
}

/**
 * Whether `owner` covers `servant`: every right in `servant` is one that `owner` has.
 * O(atoms of servant × rules of owner).
 */
export function covers(owner: readonly PolicyRule[], servant: readonly PolicyRule[]): Coverage {
  const uncovered: RuleAtom[] = [];
  let atoms = 0;
  for (const rule of servant) {
    for (const atom of atomsOf(rule)) {
      atoms++;
      if (!owner.some((candidate) => coversAtom(candidate, atom))) uncovered.push(atom);
    }
  }
  return { covered: uncovered.length === 0, uncovered, atoms };
}

const NONE: readonly string[] = [];

/** The atoms of a rule: groups × resources × verbs (× names), then paths × verbs. */
export function* atomsOf(rule: PolicyRule): Generator<RuleAtom> {
  for (const group of rule.apiGroups) {
    for (const resource of rule.resources) {
      for (const verb of rule.verbs) {
        const atom = {
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          resourceNames: NONE,
          nonResourceURLs: NONE,
        };
        if (rule.resourceNames.length === 0) yield atom;
        for (const name of rule.resourceNames) yield { ...atom, resourceNames: [name] };
      }
    }
  }
  for (const path of rule.nonResourceURLs) {
    for (const verb of rule.verbs) {
      yield { verbs: [verb], apiGroups: NONE, resources: NONE, resourceNames: NONE, nonResourceURLs: [path] };
    }
  }
}

/**
 * Rules that cover all they allow: one with both names and paths, which upstream reads as covering no path, becomes two.
 */
export function withPathsApart(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return rules.flatMap((rule) => {
    if (rule.resourceNames.length === 0 || rule.nonResourceURLs.length === 0) return [rule];
    return [
      { ...rule, nonResourceURLs: NONE },
      { ...rule, apiGroups: NONE, resources: NONE, resourceNames: NONE },
    ];
  });
}

/** Whether one rule covers one atom. */
export function coversAtom(owner: PolicyRule, atom: RuleAtom): boolean {
  return (
    atom.verbs.every((verb) => hasOrAll(owner.verbs, verb)) &&
    atom.apiGroups.every((group) => hasOrAll(owner.apiGroups, group)) &&
    atom.resources.every((resource) => coversResource(owner, resource)) &&
    atom.nonResourceURLs.every((path) => owner.nonResourceURLs.some((candidate) => pathCovers(candidate, path))) &&
    coversNames(owner, atom)
  );
}

function coversResource(owner: PolicyRule, resource: string): boolean {
  if (hasOrAll(owner.resources, resource)) return true;
  const slash = resource.indexOf("/");
  return slash !== -1 && owner.resources.includes(`*${resource.slice(slash)}`);
}

// An atom of paths has no names, so an owner rule with names covers no path: upstream's own reading.
function coversNames(owner: PolicyRule, atom: RuleAtom): boolean {
  if (owner.resourceNames.length === 0) return true;
  return atom.resourceNames.length > 0 && atom.resourceNames.every((name) => owner.resourceNames.includes(name));
}
