// One cause is one block: the rule, what it means, where it is, what to do.

import { qualifiedName } from "../../cluster/resource-id.ts";
import type { Finding } from "../../verdicts/finding.ts";
import type { Rule } from "../../verdicts/rule.ts";
import type { Catalogue } from "../catalogue.ts";
import { type Cause, causeText } from "../cause.ts";
import { placeText, shorten, valueText } from "../evidence-text.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd, wrap } from "./display-width.ts";
import type { Style } from "./style.ts";

export interface CauseOptions {
  readonly width: number;
  readonly catalogue: Catalogue;
  readonly style: Style;
  /** How many resources a block names before it says how many more there are. */
  readonly most: number;
}

interface Row {
  readonly resource: string;
  readonly kind: string;
  readonly place: string;
  readonly value: string;
}

/** The lines of one block, without a closing blank line. */
export function causeLines(cause: Cause, options: CauseOptions): readonly string[] {
  const { catalogue, style, width } = options;
  const { rule } = cause;
  const text = causeText(cause, catalogue.language);
  const rows = rowsOf(cause.findings, catalogue);
  const shown = rows.slice(0, options.most);
  const count = rows.length > 1 ? `  · ${catalogue.say(countWord(rule), { count: rows.length })}` : "";
  const head = `  ${text.title}${count}`;
  const gap = Math.max(2, width - displayWidth(head) - rule.id.length);
  const more = rows.length - shown.length;
  return [
    `${style.bold(head)}${" ".repeat(gap)}${style.dim(rule.id)}`,
    ...wrap(text.risk, width - 4).map((line) => `    ${line}`),
    ...table(shown, width),
    ...(more > 0 ? [`      ${style.dim(catalogue.say("report.more", { count: more, rule: rule.id }))}`] : []),
    ...(text.fix === ""
      ? []
      : wrap(catalogue.say("report.fix", { fix: text.fix }), width - 4).map((line) => `    ${line}`)),
  ];
}

function countWord(rule: Rule): "report.workloads" | "report.resources" {
  return rule.scope === "pod" ? "report.workloads" : "report.resources";
}

/** One row a resource: containers with the same defect share it. */
function rowsOf(findings: readonly Finding[], catalogue: Catalogue): readonly Row[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const place = finding.evidence[0]?.position?.file ?? "";
    const key = `${place}\n${finding.resource.kind}\n${qualifiedName(finding.resource)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.map(({ arguments: { name } }) => name).filter((name) => name !== undefined && name !== "");
    const keys = names.length > 0 ? ` · ${printable(shorten(names.join(", "), 40))}` : "";
    const evidence = first.evidence[0];
    return [
      {
        resource: printable(qualifiedName(first.resource)),
        kind: `${first.resource.kind}${keys}`,
        place: placeText(evidence?.position),
        value: evidence === undefined ? "" : valueText(evidence, catalogue),
      },
    ];
  });
}

/** Columns side by side where they fit; else the place and value go to a line of their own. */
function table(rows: readonly Row[], width: number): readonly string[] {
  const widest = (column: keyof Row): number => Math.max(0, ...rows.map((row) => displayWidth(row[column])));
  const columns = {
    resource: widest("resource"),
    kind: widest("kind"),
    place: widest("place"),
    value: widest("value"),
  };
  const isWide = 6 + columns.resource + 2 + columns.kind + 2 + columns.place + 2 + columns.value <= width;
  return rows.flatMap((row) => {
    const left = `      ${padEnd(row.resource, columns.resource)}  ${isWide ? padEnd(row.kind, columns.kind) : row.kind}`;
    if (isWide) return [`${left}  ${padEnd(row.place, columns.place)}  ${row.value}`.trimEnd()];
    return [left.trimEnd(), `        ${row.place}  ${row.value}`.trimEnd()];
  });
}
