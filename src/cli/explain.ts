// `ringwall explain`: what a rule or framework wants, why, and how to fix it, from the same pages the tests execute.

import { frameworkNames, FRAMEWORKS, requirementName } from "../controls/frameworks/frameworks.ts";
import { RULES } from "../controls/registry.generated.ts";
import { namesOf } from "../controls/selection.ts";
import { catalogueOf, type Catalogue } from "../report/catalogue.ts";
import type { Style } from "../report/text/style.ts";
import { explainFramework, explainRequirement, listFrameworks } from "./explain-framework.ts";
import { explainRule, listRules } from "./explain-rule.ts";
import { languageOf } from "./language.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord } from "./usage-error.ts";

export interface ExplainFlags {
  readonly lang?: string;
  readonly color: string;
}

/** Prints a rule's page, a framework's requirements, how a requirement is decided, or everything there is. */
export async function explain(topic: string | undefined, flags: ExplainFlags, streams: Streams): Promise<number> {
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const { style } = textOptionsOf(flags.color, true, streams);
  await writeChunks(streams.stdout, pageOf(topic, catalogue, style));
  return 0;
}

function pageOf(topic: string | undefined, catalogue: Catalogue, style: Style): readonly string[] {
  if (topic === undefined) return [...listRules(RULES, catalogue, style), ...listFrameworks(catalogue, style)];
  const wanted = topic.toLowerCase();
  const rules = RULES.filter((rule) => namesOf(rule).some((name) => name.toLowerCase() === wanted));
  if (rules.length > 0) return rules.flatMap((rule) => explainRule(rule, catalogue, style));
  for (const framework of FRAMEWORKS) {
    if (framework.id === wanted) return explainFramework(framework, catalogue, style);
    const requirement = framework.requirements.find((one) => requirementName(framework, one) === wanted);
    if (requirement !== undefined) return explainRequirement(framework, requirement, catalogue, style);
  }
  throw unknownWord("error.unknown-topic", topic, [...RULES.map((rule) => rule.id), ...frameworkNames()]);
}
