// What an earlier report or revision had already: known findings, and those that are gone.

import { causesOf } from "../cause.ts";
import { earlierText } from "../comparison-text.ts";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { causeLines, type BlockOptions } from "./cause-block.ts";

const MOST_GONE = 20;

/** Known findings in one line, in full when everything is asked for; gone ones one a line. */
export function* comparisonBlocks({ comparison }: Report, options: BlockOptions): Generator<string> {
  if (comparison === undefined) return;
  const { catalogue, style, isAll } = options;
  const { name, known, gone } = comparison;
  if (known.length > 0) {
    yield `\n${style.bold(catalogue.say("report.known"))}  ${known.length}\n`;
    const causes = causesOf(known);
    if (!isAll) {
      const counts = { count: known.length, causes: causes.length, name: printable(name) };
      yield `  ${catalogue.say("report.known-rest", counts)}\n`;
    } else for (const cause of causes) yield `${causeLines(cause, options).join("\n")}\n`;
  }
  if (gone.length > 0) {
    yield `\n${style.bold(style.green(catalogue.say("report.gone")))}  ${gone.length}\n`;
    const shown = isAll ? gone : gone.slice(0, MOST_GONE);
    for (const earlier of shown) yield `  ${earlierText(earlier)}\n`;
    if (gone.length > shown.length)
      yield `  ${catalogue.say("report.more-all", { count: gone.length - shown.length })}\n`;
  }
}
