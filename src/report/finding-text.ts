// A rule's texts: with one finding's arguments put in, or for the rule alone.

import type { Finding } from "../verdicts/finding.ts";
import { fillTemplate } from "../verdicts/message.ts";
import type { Language, Rule, RuleText } from "../verdicts/rule.ts";

export function textOf({ rule, arguments: values }: Finding, language: Language): RuleText {
  return mapText(rule.text[language], (template) =>
    // Most texts take no argument, and a report has many findings.
    template.includes("{") ? fillTemplate(template, values) : template,
  );
}

/** The texts without any finding: what depends on one stands as an ellipsis. */
export function ruleTextOf(rule: Rule, language: Language): RuleText {
  return mapText(rule.text[language], (template) => template.replace(/\{\w+(?:\|[^}]*)?\}/g, "…"));
}

export function mapText({ title, message, risk, fix }: RuleText, fill: (template: string) => string): RuleText {
  return { title: fill(title), message: fill(message), risk: fill(risk), fix: fill(fix) };
}
