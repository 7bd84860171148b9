// A rule's page: what it says, what it is called elsewhere, which requirements it speaks for, its text and examples.

import { FRAMEWORKS, requirementName, rulesFor } from "../controls/frameworks/frameworks.ts";
import { PAGES } from "../controls/pages.generated.ts";
import type { Catalogue } from "../report/catalogue.ts";
import type { Style } from "../report/text/style.ts";
import { padEnd } from "../report/text/display-width.ts";
import { LAYERS, type Rule } from "../verdicts/rule.ts";

const RULE_COLUMNS = 44;

export function explainRule(rule: Rule, catalogue: Catalogue, { bold }: Style): readonly string[] {
  const text = rule.text[catalogue.language];
  const page = PAGES[rule.id];
  const known = Object.entries(rule.knownAs ?? {}).map(([tool, ids]) => `${tool} ${ids.join(", ")}`);
  const facts = [
    catalogue.say("explain.severity", { severity: catalogue.say(`severity.${rule.severity}`) }),
    ...(known.length > 0 ? [catalogue.say("explain.known-as", { list: known.join("; ") })] : []),
    catalogue.say("explain.reads", { list: rule.reads.join(", ") }),
    ...(rule.references.length > 0 ? [catalogue.say("explain.references", { list: rule.references.join(", ") })] : []),
  ];
  const example = (title: string, yaml: string): string =>
    `${bold(title)}\n${yaml.trimEnd().replace(/^/gm, "    ")}\n\n`;
  return [
    `${bold(rule.id)}  ${text.title}\n\n${text.risk}\n${catalogue.say("report.fix", { fix: text.fix })}\n\n${facts.join("\n")}\n\n`,
    ...requirementLines(rule, catalogue, bold),
    ...(page === undefined
      ? []
      : [
          `${page.text.trim()}\n\n`,
          example(catalogue.say("explain.bad"), page.bad),
          example(catalogue.say("explain.good"), page.good),
        ]),
  ];
}

/** Every rule, by layer. */
export function listRules(rules: readonly Rule[], catalogue: Catalogue, { bold }: Style): readonly string[] {
  return LAYERS.flatMap((layer) => {
    const own = rules.filter((rule) => rule.id.startsWith(`${layer}/`));
    if (own.length === 0) return [];
    const count = catalogue.say("explain.by-rules", { count: own.length });
    return [`${bold(layer)}  ${count}\n`, ...ruleLines(own, catalogue), "\n"];
  });
}

export function ruleLines(rules: readonly Rule[], catalogue: Catalogue): readonly string[] {
  return rules.map((rule) => `  ${rule.id.padEnd(RULE_COLUMNS)} ${rule.text[catalogue.language].title}\n`);
}

function requirementLines(rule: Rule, catalogue: Catalogue, bold: (text: string) => string): readonly string[] {
  const named = FRAMEWORKS.flatMap((framework) =>
    framework.requirements
      .filter((requirement) => rulesFor(framework, requirement, [rule]).length > 0)
      .map((requirement) => ({ name: requirementName(framework, requirement), title: requirement.title })),
  );
  if (named.length === 0) return [];
  const widest = Math.max(...named.map(({ name }) => name.length));
  const lines = named.map(({ name, title }) => `  ${padEnd(name, widest)}  ${title[catalogue.language]}\n`);
  return [`${bold(catalogue.say("explain.frameworks-title"))}\n`, ...lines, "\n"];
}
