// What became of each requirement of the frameworks that were asked for.

import type { JudgedFramework, JudgedRequirement } from "../../controls/frameworks/judge.ts";
import type { Report } from "../report.ts";
import { padEnd, displayWidth } from "./display-width.ts";
import type { BlockOptions } from "./cause-block.ts";
import { wrap } from "./wrap.ts";

export function* frameworkBlocks({ frameworks = [] }: Report, options: BlockOptions): Generator<string> {
  const { catalogue, style } = options;
  for (const judged of frameworks) {
    const { framework, requirements } = judged;
    const counts = {
      pass: requirements.filter(({ verdict }) => verdict === "pass").length,
      total: requirements.length,
    };
    const title = framework.title[catalogue.language];
    yield `\n${style.bold(title)}  ${catalogue.say("framework.counts", counts)}\n`;
    yield* requirementRows(judged, options);
  }
}

function* requirementRows({ requirements }: JudgedFramework, options: BlockOptions): Generator<string> {
  const { catalogue, style, isAll, width } = options;
  const words = requirements.map(({ verdict }) => catalogue.say(`requirement.${verdict}`));
  const idWidth = Math.max(...requirements.map(({ requirement }) => requirement.id.length));
  const wordWidth = Math.max(...words.map(displayWidth));
  const indent = 2 + idWidth + 2 + wordWidth + 2;
  for (const [index, judged] of requirements.entries()) {
    const { requirement, verdict } = judged;
    const word = padEnd(words[index] ?? "", wordWidth);
    const lines = [
      ...wrap(`${requirement.title[catalogue.language]}${failing(judged, options)}`, width - indent),
      ...(isAll ? lookLines(judged, options, width - indent) : []),
    ];
    const head = `  ${padEnd(requirement.id, idWidth)}  ${verdict === "fail" ? style.red(word) : word}  `;
    for (const [number, line] of lines.entries())
      yield `${`${number === 0 ? head : " ".repeat(indent)}${line}`.trimEnd()}\n`;
  }
}

function failing({ verdict, tally }: JudgedRequirement, { catalogue }: BlockOptions): string {
  return verdict === "fail" ? ` · ${catalogue.say("framework.failing", { count: tally.fail })}` : "";
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
