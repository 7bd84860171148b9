// `access diff`: who gained or lost what, in few rules.

import { locateFact, type AccessSource } from "../../layers/access/access-source.ts";
import type { RightsChange } from "../../layers/access/access-diff.ts";
import { grantDocument, ruleDocument, subjectDocument } from "../../layers/access/questions/grant-document.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonElements, jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { grantPlaces, referenceText, ruleText, subjectText } from "./chain-text.ts";
import { gapLines } from "./gap-lines.ts";
import { noteDocument, noteText, type AccessNote } from "./note.ts";

export interface DiffReport {
  readonly changes: readonly RightsChange<AccessSource>[];
  readonly notes: readonly AccessNote[];
  readonly gaps: readonly Gap[];
}

export function* diffText(report: DiffReport, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const { changes, notes, gaps } = report;
  if (changes.length === 0) yield `${catalogue.say("access.diff-none")}\n`;
  for (const { change, subject, namespace, rules, via, exceptIn } of changes) {
    const sign = change === "gained" ? style.red("+") : style.green("-");
    const scope =
      namespace === ""
        ? catalogue.say("access.scope-all")
        : catalogue.say("access.scope", { namespace: printable(namespace) });
    yield `${sign} ${style.bold(subjectText(subject))}  ${catalogue.say(`access.${change}`)}  ${scope}\n`;
    for (const rule of rules) for (const line of wrap(ruleText(rule), width - 4)) yield `    ${line}\n`;
    const chains = new Map(
      via.map((grant) => [`${referenceText(grant.binding)} → ${referenceText(grant.role)}`, grant]),
    );
    for (const [chain, grant] of chains)
      for (const line of wrap(`${chain}  ${grantPlaces(grant)}`.trimEnd(), width - 6))
        yield `      ${style.dim(line)}\n`;
    if (exceptIn.length > 0)
      yield `      ${catalogue.say("access.except-in", { namespaces: printable(exceptIn.join(", ")) })}\n`;
  }
  for (const note of notes) for (const line of wrap(noteText(note, catalogue), width)) yield `${line}\n`;
  yield* gapLines(gaps, catalogue, style);
}

export function* diffJson({ changes, notes, gaps }: DiffReport, catalogue: Catalogue): Generator<string> {
  yield `{"schema":"ringwall.access-diff/v1",\n"changes":[`;
  yield* jsonElements(changes, changeDocument);
  yield `],\n"notes":${jsonText(notes.map((note) => noteDocument(note, catalogue)))},\n`;
  yield `"incomplete":${jsonText(gaps.map((gap) => gapJson(gap, catalogue)))}}\n`;
}

/** One line a change. */
export function* diffNdjson({ changes }: DiffReport): Generator<string> {
  for (const change of changes) yield `${jsonText(changeDocument(change))}\n`;
}

function changeDocument({ change, subject, namespace, rules, via, exceptIn }: RightsChange<AccessSource>): object {
  return {
    change,
    subject: subjectDocument(subject),
    namespace,
    rules: rules.map(ruleDocument),
    via: via.map((grant) => grantDocument(grant, locateFact)),
    ...(exceptIn.length > 0 && { exceptIn }),
  };
}
