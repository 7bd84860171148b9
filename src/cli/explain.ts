// `ringwall explain`: what a rule or framework wants, why, and how to fix it, from the same pages the tests execute.

import { PAGES } from "../controls/pages.generated.ts";
import { RULES } from "../controls/registry.generated.ts";
import { frameworkOf, frameworksOf, namesOf } from "../controls/selection.ts";
import { catalogueOf, type Catalogue } from "../report/catalogue.ts";
import { LAYERS, type Rule } from "../verdicts/rule.ts";
import { languageOf } from "./language.ts";
import { writeChunks, type Streams } from "./streams.ts";
import { textOptionsOf } from "./text-options.ts";
import { unknownWord } from "./usage-error.ts";

export interface ExplainFlags {
  readonly lang?: string;
  readonly color: string;
}

/** Prints a rule's page, a framework's requirements, a requirement's rules, or everything there is. */
export async function explain(topic: string | undefined, flags: ExplainFlags, streams: Streams): Promise<number> {
  const catalogue = catalogueOf(languageOf(flags.lang, streams.environment));
  const { style } = textOptionsOf(flags.color, true, streams);
  const wanted = topic?.toLowerCase();
  const rules = RULES.filter((rule) => namesOf(rule).some((name) => name.toLowerCase() === wanted));
  if (rules.length > 0)
    await writeChunks(
      streams.stdout,
      rules.flatMap((rule) => rulePage(rule, catalogue, style.bold)),
    );
  else await writeChunks(streams.stdout, listing(topic, catalogue, style.bold));
  return 0;
}

function rulePage(rule: Rule, catalogue: Catalogue, bold: (text: string) => string): readonly string[] {
  const text = rule.text[catalogue.language];
  const page = PAGES[rule.id];
  const known = Object.entries(rule.knownAs ?? {}).map(([tool, ids]) => `${tool} ${ids.join(", ")}`);
  const facts = [
    catalogue.say("explain.severity", { severity: catalogue.say(`severity.${rule.severity}`) }),
    ...(rule.frameworks.length > 0 ? [catalogue.say("explain.frameworks", { list: rule.frameworks.join(", ") })] : []),
    ...(known.length > 0 ? [catalogue.say("explain.known-as", { list: known.join("; ") })] : []),
    catalogue.say("explain.reads", { list: rule.reads.join(", ") }),
    ...(rule.references.length > 0 ? [catalogue.say("explain.references", { list: rule.references.join(", ") })] : []),
  ];
  const example = (title: string, yaml: string): string =>
    `${bold(title)}\n${yaml.trimEnd().replace(/^/gm, "    ")}\n\n`;
  return [
    `${bold(rule.id)}  ${text.title}\n\n${text.risk}\n${catalogue.say("report.fix", { fix: text.fix })}\n\n${facts.join("\n")}\n\n`,
    ...(page === undefined
      ? []
      : [
          `${page.text.trim()}\n\n`,
          example(catalogue.say("explain.bad"), page.bad),
          example(catalogue.say("explain.good"), page.good),
        ]),
  ];
}

function listing(topic: string | undefined, catalogue: Catalogue, bold: (text: string) => string): readonly string[] {
  const frameworks = frameworksOf(RULES);
  const requirements = [...new Set(RULES.flatMap((rule) => rule.frameworks))].sort(byNumber);
  if (topic === undefined) {
    return LAYERS.flatMap((layer) =>
      section(
        layer,
        RULES.filter((rule) => rule.id.startsWith(`${layer}/`)),
        catalogue,
        bold,
      ),
    );
  }
  if (requirements.includes(topic))
    return section(
      topic,
      RULES.filter((rule) => rule.frameworks.includes(topic)),
      catalogue,
      bold,
    );
  if (!frameworks.includes(topic)) {
    const short = RULES.map((rule) => rule.id);
    throw unknownWord("error.unknown-topic", topic, [...short, ...frameworks, ...requirements]);
  }
  return requirements
    .filter((requirement) => frameworkOf(requirement) === topic)
    .flatMap((requirement) =>
      section(
        requirement,
        RULES.filter((rule) => rule.frameworks.includes(requirement)),
        catalogue,
        bold,
      ),
    );
}

function section(
  title: string,
  rules: readonly Rule[],
  catalogue: Catalogue,
  bold: (text: string) => string,
): readonly string[] {
  if (rules.length === 0) return [];
  const lines = rules.map((rule) => `  ${rule.id.padEnd(44)} ${rule.text[catalogue.language].title}\n`);
  return [`${bold(title)}  ${catalogue.say("explain.rules", { count: rules.length })}\n`, ...lines, "\n"];
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
