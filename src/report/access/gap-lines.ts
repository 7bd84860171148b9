// What could not be evaluated, below an answer.

import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText } from "../evidence-text.ts";
import { gapText } from "../gap-text.ts";
import { printable } from "../printable.ts";
import type { Style } from "../text/style.ts";

export function* gapLines(gaps: readonly Gap[], catalogue: Catalogue, style: Style): Generator<string> {
  if (gaps.length === 0) return;
  yield `\n${style.bold(style.yellow(catalogue.say("report.not-evaluated")))}  ${gaps.length}\n`;
  for (const gap of gaps) yield `  ${gapLine(gap, catalogue)}\n`;
}

/** One line: place and reason. */
export function gapLine(gap: Gap, catalogue: Catalogue): string {
  const place = gap.position === undefined ? printable(gap.what) : placeText(gap.position);
  return `${place}  ${printable(gapText(gap, catalogue))}`;
}
