// The rules of one role, made ready for questions: short lists are read, long ones are looked up by resource, so that a
// role of 10,000 rules costs no more than one of ten.

import { combinedResource, type Action, type ResourceAction } from "./action.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { ruleAllows } from "./rule-match.ts";

export interface RuleSet {
  readonly rules: readonly PolicyRule[];
  /** Index of the first rule that allows the action, or -1. */
  readonly firstAllowing: (action: Action) => number;
  /** Indexes of every rule that allows the action, ascending. */
  readonly allAllowing: (action: Action) => readonly number[];
}

const LONG = 12;

/** Prepares rules; nothing is indexed before the first question. */
export function createRuleSet(rules: readonly PolicyRule[]): RuleSet {
  if (rules.length < LONG) {
    return {
      rules,
      firstAllowing: (action) => firstOf(rules, action),
      allAllowing: (action) => indexesOf(rules, action),
    };
  }
  let index: Index | undefined;
  const candidates = (action: Action) => candidatesOf((index ??= buildIndex(rules)), action);
  return {
    rules,
    firstAllowing: (action) => {
      let first = -1;
      for (const list of candidates(action)) {
        for (const at of list) {
          if (first !== -1 && at >= first) break;
          if (ruleAllows(rules[at] as PolicyRule, action)) first = at; // indexes come from this list
        }
      }
      return first;
    },
    allAllowing: (action) => {
      const found = new Set<number>();
      for (const list of candidates(action)) {
        for (const at of list) if (ruleAllows(rules[at] as PolicyRule, action)) found.add(at); // as above
      }
      return [...found].toSorted((one, other) => one - other);
    },
  };
}

interface Index {
  readonly byResource: ReadonlyMap<string, readonly number[]>;
  readonly withPaths: readonly number[];
}

const NONE: readonly number[] = [];

function firstOf(rules: readonly PolicyRule[], action: Action): number {
  for (let at = 0; at < rules.length; at++) if (ruleAllows(rules[at] as PolicyRule, action)) return at; // in range
  return -1;
}

function indexesOf(rules: readonly PolicyRule[], action: Action): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < rules.length; at++) if (ruleAllows(rules[at] as PolicyRule, action)) found.push(at); // in range
  return found;
}

function buildIndex(rules: readonly PolicyRule[]): Index {
  const byResource = new Map<string, number[]>();
  const withPaths: number[] = [];
  rules.forEach((rule, at) => {
    if (rule.nonResourceURLs.length > 0) withPaths.push(at);
    for (const resource of rule.resources) {
      const list = byResource.get(resource);
      if (list === undefined) byResource.set(resource, [at]);
      else if (list.at(-1) !== at) list.push(at);
    }
  });
  return { byResource, withPaths };
}

function candidatesOf(index: Index, action: Action): readonly (readonly number[])[] {
  if (action.kind === "path") return [index.withPaths];
  return resourceForms(action).map((form) => index.byResource.get(form) ?? NONE);
}

function resourceForms(action: ResourceAction): readonly string[] {
  const combined = combinedResource(action);
  return action.subresource === "" ? [combined, "*"] : [combined, "*", `*/${action.subresource}`];
}
