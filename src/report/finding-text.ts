// A rule's texts with one finding's arguments put in.

import type { Finding } from "../verdicts/finding.ts";
import { fillTemplate } from "../verdicts/message.ts";
import type { Language, RuleText } from "../verdicts/rule.ts";

export function textOf({ rule, arguments: values }: Finding, language: Language): RuleText {
  const { title, message, risk, fix } = rule.text[language];
  return {
    title: fillTemplate(title, values),
    message: fillTemplate(message, values),
    risk: fillTemplate(risk, values),
    fix: fillTemplate(fix, values),
  };
}
