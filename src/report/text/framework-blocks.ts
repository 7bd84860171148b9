// What became of each requirement of the frameworks that were asked for.

import type { JudgedFramework, JudgedRequirement } from "../../controls/frameworks/judge.ts";
import { keyOf } from "../../cluster/resource-id.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Report } from "../report.ts";
import { padEnd, displayWidth } from "./display-width.ts";
import type { BlockOptions } from "./cause-block.ts";
import { wrap } from "./wrap.ts";

export function* frameworkBlocks({ frameworks = [], run }: Report, options: BlockOptions): Generator<string> {
  if (frameworks.length === 0) return;
  const { catalogue, style } = options;
  const failing = new Map<Rule, Set<string>>();
  for (const { rule, resource } of run.findings) {
    const resources = failing.get(rule);
    if (resources === undefined) failing.set(rule, new Set([keyOf(resource)]));
    else resources.add(keyOf(resource));
  }
  for (const judged of frameworks) {
    const { framework, requirements } = judged;
    const counts = {
      pass: requirements.filter(({ verdict }) => verdict === "pass").length,
      total: requirements.length,
    };
    const title = framework.title[catalogue.language];
    yield `\n${style.bold(title)}  ${catalogue.say("framework.counts", counts)}\n`;
    yield* requirementRows(judged, failing, options);
  }
}

function* requirementRows(
  { requirements }: JudgedFramework,
  failing: ReadonlyMap<Rule, ReadonlySet<string>>,
  options: BlockOptions,
): Generator<string> {
  const { catalogue, style, isAll, width } = options;
  const words = requirements.map(({ verdict }) => catalogue.say(`requirement.${verdict}`));
  const idWidth = Math.max(...requirements.map(({ requirement }) => requirement.id.length));
  const wordWidth = Math.max(...words.map(displayWidth));
  const indent = 2 + idWidth + 2 + wordWidth + 2;
  for (const [index, judged] of requirements.entries()) {
    const { requirement, verdict } = judged;
    const word = padEnd(words[index] ?? "", wordWidth);
    const lines = [
      ...wrap(`${requirement.title[catalogue.language]}${failingText(judged, failing, catalogue)}`, width - indent),
      ...(isAll ? lookLines(judged, options, width - indent) : []),
    ];
    const head = `  ${padEnd(requirement.id, idWidth)}  ${verdict === "fail" ? style.red(word) : word}  `;
    for (const [number, line] of lines.entries())
      yield `${`${number === 0 ? head : " ".repeat(indent)}${line}`.trimEnd()}\n`;
  }
}

/** How many resources break it; one that breaks several of its rules counts once. */
function failingText(
  { verdict, rules }: JudgedRequirement,
  failing: ReadonlyMap<Rule, ReadonlySet<string>>,
  catalogue: Catalogue,
): string {
  if (verdict !== "fail") return "";
  const resources = new Set(rules.flatMap((rule) => [...(failing.get(rule) ?? [])]));
  return ` · ${catalogue.say("framework.failing", { count: resources.size })}`;
}

/** What a person must look at, or why nobody can tell: with `--all`, as it is as long as the rest. */
function lookLines({ requirement }: JudgedRequirement, { catalogue }: BlockOptions, width: number): readonly string[] {
  const { manual, undecidable } = requirement;
  return [
    ...(manual ? wrap(catalogue.say("explain.look", { text: manual[catalogue.language] }), width) : []),
    ...(undecidable
      ? wrap(catalogue.say("explain.undecidable", { text: undecidable[catalogue.language] }), width)
      : []),
  ];
}
