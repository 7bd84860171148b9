// `access list`: everything an identity may do, scope by scope, each rule once with the chains that give it.

import { locateFact, type AccessSource } from "../../layers/access/access-source.ts";
import type { Identity } from "../../layers/access/identity.ts";
import type { Rights } from "../../layers/access/list-rights.ts";
import { grantDocument, ruleDocument } from "../../layers/access/questions/grant-document.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { grantPlaces, referenceText, ruleText, subjectText } from "./chain-text.ts";
import { gapLines } from "./gap-lines.ts";
import { noteDocument, noteText, type AccessNote } from "./note.ts";

export interface ListReport {
  readonly identity: Identity;
  readonly rights: Rights<AccessSource>;
  readonly notes: readonly AccessNote[];
  readonly gaps: readonly Gap[];
}

export function* listText(report: ListReport, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const { identity, rights, notes, gaps } = report;
  yield `${style.bold(printable(identity.user || identity.groups.join(", ")))}\n`;
  if (identity.groups.length > 0)
    yield `  ${catalogue.say("access.groups", { groups: printable(identity.groups.join(", ")) })}\n`;
  if (rights.isMaster) yield `  ${catalogue.say("access.by-masters")}\n`;
  if (rights.node !== undefined) yield `  ${catalogue.say("access.list-node", { node: printable(rights.node) })}\n`;
  for (const { namespace, rules } of rights.scopes) {
    if (rules.length === 0) continue;
    const scope =
      namespace === ""
        ? catalogue.say("access.scope-all")
        : catalogue.say("access.scope", { namespace: printable(namespace) });
    yield `\n${style.bold(scope)}\n`;
    for (const { rule, via } of rules) {
      for (const line of wrap(ruleText(rule), width - 2)) yield `  ${line}\n`;
      for (const grant of via) {
        const chain = `${referenceText(grant.binding)} (${subjectText(grant.subject)}) → ${referenceText(grant.role)}`;
        for (const line of wrap(`${chain}  ${grantPlaces(grant)}`.trimEnd(), width - 6))
          yield `      ${style.dim(line)}\n`;
      }
    }
  }
  if (!rights.isMaster && rights.node === undefined && rights.scopes.every(({ rules }) => rules.length === 0))
    yield `  ${catalogue.say("access.list-none")}\n`;
  for (const note of notes) for (const line of wrap(noteText(note, catalogue), width - 2)) yield `  ${line}\n`;
  yield* gapLines(gaps, catalogue, style);
}

export function* listJson(report: ListReport, catalogue: Catalogue): Generator<string> {
  const { identity, rights, notes, gaps } = report;
  const document = {
    schema: "ringwall.access-list/v1",
    identity: { user: identity.user, groups: identity.groups },
    ...(rights.isMaster && { everything: true }),
    ...(rights.node !== undefined && { node: rights.node }),
    scopes: rights.scopes.map(({ namespace, rules }) => ({
      namespace,
      rules: rules.map(({ rule, via }) => ({
        rule: ruleDocument(rule),
        via: via.map((grant) => grantDocument(grant, locateFact)),
      })),
    })),
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `${jsonText(document)}\n`;
}
