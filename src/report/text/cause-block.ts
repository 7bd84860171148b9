// One cause is one block: the rule, what it means, where it is, what to do.

import { keyOf } from "../../cluster/resource-id.ts";
import type { Rule } from "../../verdicts/rule.ts";
import { type Cause, causeText } from "../cause.ts";
import { displayWidth } from "./display-width.ts";
import { rowsOf, type RowOptions } from "./rows.ts";
import type { Style } from "./style.ts";
import { tableLines } from "./table.ts";
import { wrap } from "./wrap.ts";

export interface BlockOptions extends RowOptions {
  readonly width: number;
  readonly style: Style;
  /** How many rows a block has before it says how many more there are. */
  readonly most: number;
}

/** The lines of one block, without a closing blank line. */
export function causeLines(cause: Cause, options: BlockOptions): readonly string[] {
  const { catalogue, style, width } = options;
  const { rule, findings } = cause;
  const text = causeText(cause, catalogue.language);
  const { shown, total } = rowsOf(findings, options, options.most);
  const resources = new Set(findings.map(({ resource }) => keyOf(resource))).size;
  const count = resources > 1 ? `  · ${catalogue.say(countWord(rule), { count: resources })}` : "";
  const more = total - shown.length;
  return [
    ...headLines(`  ${text.title}${count}`, rule.id, options),
    ...paragraph(text.risk, width),
    ...tableLines(shown, width, style),
    ...(more > 0 ? [`      ${style.dim(catalogue.say("report.more", { count: more, rule: rule.id }))}`] : []),
    ...(text.fix === "" ? [] : paragraph(catalogue.say("report.fix", { fix: text.fix }), width)),
  ];
}

/** The title left, the rule's id right; below each other where they do not fit. */
export function headLines(
  head: string,
  id: string,
  { width, style }: Pick<BlockOptions, "width" | "style">,
): readonly string[] {
  const gap = width - displayWidth(head) - id.length;
  if (gap >= 2) return [`${style.bold(head)}${" ".repeat(gap)}${style.dim(id)}`];
  return [
    ...wrap(head.trimStart(), width - 2).map((line) => style.bold(`  ${line}`)),
    `${" ".repeat(Math.max(4, width - id.length))}${style.dim(id)}`,
  ];
}

function countWord(rule: Rule): "report.workloads" | "report.resources" {
  return rule.scope === "pod" ? "report.workloads" : "report.resources";
}

function paragraph(text: string, width: number): readonly string[] {
  return text === "" ? [] : wrap(text, width - 4).map((line) => `    ${line}`);
}
