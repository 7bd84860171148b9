// Rules and gap codes as SARIF reporting descriptors, with the properties code scanning reads.

import { PAGES } from "../../controls/pages.generated.ts";
import type { Language, Rule } from "../../verdicts/rule.ts";
import type { Severity } from "../../verdicts/severity.ts";
import type { Catalogue } from "../catalogue.ts";
import { ruleTextOf } from "../finding-text.ts";
import { layerOf } from "../report.ts";

export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** Code scanning shows 9.0 and more as critical, 7.0 as high, 4.0 as medium, less as low. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
};

/** Code scanning accepts no more tags a rule. */
const MOST_TAGS = 20;

export function ruleDescriptor(rule: Rule, catalogue: Catalogue): object {
  const { language } = catalogue;
  const { title, risk, fix } = ruleTextOf(rule, language);
  const advice = fix === "" ? "" : catalogue.say("report.fix", { fix });
  const frameworks = [...rule.frameworks].sort();
  return {
    id: rule.id,
    name: nameOf(rule),
    shortDescription: { text: title },
    fullDescription: { text: risk },
    help: {
      text: [risk, advice].filter((line) => line !== "").join("\n"),
      markdown: helpMarkdown(rule, risk, advice, language),
    },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    ...(rule.aliases !== undefined && rule.aliases.length > 0 && { deprecatedIds: rule.aliases }),
    properties: {
      tags: ["security", "kubernetes", layerOf(rule), ...frameworks].slice(0, MOST_TAGS),
      precision: "very-high",
      "security-severity": SECURITY_SEVERITIES[rule.severity],
      severity: rule.severity,
      since: rule.since,
      ...(rule.knownAs !== undefined && { knownAs: rule.knownAs }),
      ...(rule.references.length > 0 && { references: rule.references }),
    },
  };
}

/** The rule's page in English, whose heading and first words the viewer already shows; else what there is to say. */
function helpMarkdown(rule: Rule, risk: string, advice: string, language: Language): string {
  const page = language === "en" ? PAGES[rule.id]?.text : undefined;
  const text = page?.replace(/^# .*\n+/, "").replace(/^```yaml fix$/gm, "```yaml");
  return [risk, ...(text === undefined ? [advice] : [text.trim()])].filter((part) => part !== "").join("\n\n");
}

/** `PrivilegedContainer` of `workloads/privileged-container`. */
function nameOf({ id }: Rule): string {
  return id
    .slice(id.indexOf("/") + 1)
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

export function notificationDescriptor(code: string): object {
  return { id: code, name: code };
}
