// One cause is one thing to mend, however many places it has: the findings of one rule.

import type { Finding } from "../verdicts/finding.ts";
import { fillTemplate, type MessageArguments } from "../verdicts/message.ts";
import { mapText } from "./finding-text.ts";
import type { Language, Rule, RuleText } from "../verdicts/rule.ts";

export interface Cause<One extends Finding = Finding> {
  readonly rule: Rule;
  readonly findings: readonly One[];
}

/** Findings grouped by rule, in their order. */
export function causesOf<One extends Finding>(findings: Iterable<One>): readonly Cause<One>[] {
  const groups = new Map<Rule, One[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group === undefined) groups.set(finding.rule, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([rule, list]) => ({ rule, findings: list }));
}

/** The rule's texts for all findings of a cause: arguments they share are put in, others stand as an ellipsis. */
export function causeText({ rule, findings }: Cause, language: Language): RuleText {
  const shared = sharedArguments(findings);
  // Only a template of ours is cleaned of what it left open: an argument may contain braces of its own.
  return mapText(rule.text[language], (template) => fillTemplate(openPlaceholders(template, shared), shared));
}

function openPlaceholders(template: string, values: MessageArguments): string {
  return template.replace(/\{(\w+)(?:\|[^}]*)?\}/g, (whole, name: string) =>
    values[name] === undefined ? "…" : whole,
  );
}

function sharedArguments(findings: readonly Finding[]): MessageArguments {
  const [first, ...others] = findings;
  const entries = Object.entries(first?.arguments ?? {});
  return Object.fromEntries(
    entries.filter(([name, value]) => others.every((other) => other.arguments[name] === value)),
  );
}
