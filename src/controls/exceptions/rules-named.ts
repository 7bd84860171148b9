// The rules a name in an exception stands for: an id with or without its layer, an alias, another tool's id, a pattern.

import type { Rule } from "../../verdicts/rule.ts";
import { namesOf } from "../selection.ts";
import { matchesGlob } from "./glob.ts";

/** Looks names up in any case; builds its index once. */
export function createRuleNames(rules: readonly Rule[]): (name: string) => readonly Rule[] {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const name of new Set(namesOf(rule).map((one) => one.toLowerCase()))) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [rule]);
      else list.push(rule);
    }
  }
  return (name) => {
    const wanted = name.toLowerCase();
    if (!wanted.includes("*")) return byName.get(wanted) ?? [];
    return rules.filter(
      ({ id }) => matchesGlob(wanted, id) || (!wanted.includes("/") && matchesGlob(wanted, id.split("/")[1] ?? "")),
    );
  };
}

export type RuleNames = ReturnType<typeof createRuleNames>;

export function isEveryRule(name: string): boolean {
  return /^\*+(\/\*+)?$/.test(name);
}
