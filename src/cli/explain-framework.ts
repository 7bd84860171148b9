// The page of a framework (its requirements, and who decides each) and of one requirement (by which rules, or what to look at).

import type { Framework, Requirement } from "../controls/frameworks/framework.ts";
import { FRAMEWORKS, requirementName, rulesFor } from "../controls/frameworks/frameworks.ts";
import { RULES } from "../controls/registry.generated.ts";
import type { Catalogue } from "../report/catalogue.ts";
import type { Style } from "../report/text/style.ts";
import { padEnd, displayWidth } from "../report/text/display-width.ts";
import { ruleLines } from "./explain-rule.ts";

/** One line for each framework. */
export function listFrameworks(catalogue: Catalogue, { bold }: Style): readonly string[] {
  const widest = Math.max(...FRAMEWORKS.map(({ id }) => id.length));
  return [
    `${bold(catalogue.say("explain.frameworks-title"))}\n`,
    ...FRAMEWORKS.map(({ id, title, requirements }) => {
      const count = catalogue.say("explain.requirements", { count: requirements.length });
      return `  ${padEnd(id, widest)}  ${title[catalogue.language]} · ${count}\n`;
    }),
  ];
}

export function explainFramework(framework: Framework, catalogue: Catalogue, { bold }: Style): readonly string[] {
  const { language } = catalogue;
  const idWidth = Math.max(...framework.requirements.map(({ id }) => id.length));
  const titleWidth = Math.max(...framework.requirements.map(({ title }) => displayWidth(title[language])));
  const lines = framework.requirements.map((requirement) => {
    const cells = [padEnd(requirement.id, idWidth), padEnd(requirement.title[language], titleWidth)];
    return `  ${[...cells, decidedBy(framework, requirement, catalogue)].join("  ")}\n`;
  });
  return [
    `${bold(framework.id)}  ${framework.title[language]}\n`,
    `${catalogue.say("explain.references", { list: framework.references.join(", ") })}\n\n`,
    ...lines,
  ];
}

export function explainRequirement(
  framework: Framework,
  requirement: Requirement,
  catalogue: Catalogue,
  { bold }: Style,
): readonly string[] {
  const { language } = catalogue;
  const { title, includes, manual, undecidable } = requirement;
  const rules = rulesFor(framework, requirement, RULES);
  const list = includes?.map((id) => `${framework.id}/${id}`).join(", ");
  return [
    `${bold(requirementName(framework, requirement))}  ${title[language]}\n${framework.title[language]}\n\n`,
    ...(list === undefined ? [] : [`${catalogue.say("explain.includes", { list })}\n\n`]),
    ...(rules.length === 0
      ? []
      : [`${catalogue.say("explain.decided-by", { count: rules.length })}\n`, ...ruleLines(rules, catalogue), "\n"]),
    ...(manual === undefined ? [] : [`${catalogue.say("explain.look", { text: manual[language] })}\n`]),
    ...(undecidable === undefined
      ? []
      : [`${catalogue.say("explain.undecidable", { text: undecidable[language] })}\n`]),
  ];
}

function decidedBy(framework: Framework, requirement: Requirement, catalogue: Catalogue): string {
  const count = rulesFor(framework, requirement, RULES).length;
  if (requirement.undecidable !== undefined) return catalogue.say("explain.by-nobody");
  if (requirement.manual === undefined) return catalogue.say("explain.by-rules", { count });
  return count === 0 ? catalogue.say("explain.by-person") : catalogue.say("explain.by-both", { count });
}
