// `access can`: yes or no, the chain that grants it, and what would still grant it without that chain.

import { locateFact, type AccessSource } from "../../layers/access/access-source.ts";
import type { Action } from "../../layers/access/action.ts";
import type { Decision } from "../../layers/access/decision.ts";
import type { Grant } from "../../layers/access/grant.ts";
import type { Identity } from "../../layers/access/identity.ts";
import { grantDocument } from "../../layers/access/questions/grant-document.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { actionDocument, actionText } from "./action-text.ts";
import { grantPlaces, grantText, shortGrantText } from "./chain-text.ts";
import { gapLines } from "./gap-lines.ts";
import { noteDocument, noteText, type AccessNote } from "./note.ts";

export interface CanReport {
  readonly identity: Identity;
  readonly action: Action;
  /** `undefined` when nothing was read that could answer. */
  readonly decision: Decision<AccessSource> | undefined;
  /** Every grant, the deciding one first. */
  readonly grants: readonly Grant<AccessSource>[];
  readonly notes: readonly AccessNote[];
  readonly gaps: readonly Gap[];
}

const INDENT = "      ";

export function* canText(report: CanReport, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const { decision, action, identity } = report;
  const question = { action: actionText(action), user: whoText(identity) };
  const indented = (text: string): string =>
    wrap(text, width - INDENT.length)
      .map((line) => `${INDENT}${line}\n`)
      .join("");
  if (decision === undefined) yield `${style.yellow("?")}     ${catalogue.say("access.nothing-read")}\n`;
  else if (decision.grant === undefined) {
    yield `${style.red(style.bold(catalogue.say("access.no")))}${indented(catalogue.say("access.no-grant", question)).slice(catalogue.say("access.no").length)}`;
  } else {
    const head = indented(grantText(decision.grant, catalogue)).slice(catalogue.say("access.yes").length);
    yield `${style.green(style.bold(catalogue.say("access.yes")))}${head}`;
    const places = grantPlaces(decision.grant);
    if (places !== "") yield `${INDENT}${places}\n`;
    const others = othersOf(report).map((grant) => shortGrantText(grant, catalogue));
    if (others.length > 0)
      yield indented(catalogue.say("access.remains", { others: others.join(", "), count: others.length }));
  }
  for (const note of report.notes) yield indented(noteText(note, catalogue));
  yield* gapLines(report.gaps, catalogue, style);
}

export function canDocument(report: CanReport, catalogue: Catalogue): object {
  const { decision, action, identity, notes, gaps } = report;
  return {
    schema: "ringwall.access-can/v1",
    ...(decision === undefined ? { verdict: "not-evaluated" } : { verdict: decision.allowed ? "yes" : "no" }),
    allowed: decision?.allowed ?? false,
    identity: { user: identity.user, groups: identity.groups },
    question: actionDocument(action),
    ...(decision?.by !== undefined && { by: decision.by }),
    ...(decision !== undefined && decision.reason !== "" && { reason: decision.reason }),
    ...(decision?.grant !== undefined && { chain: grantDocument(decision.grant, locateFact) }),
    others: othersOf(report).map((grant) => grantDocument(grant, locateFact)),
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
}

export function* canJson(report: CanReport, catalogue: Catalogue): Generator<string> {
  yield `${jsonText(canDocument(report, catalogue))}\n`;
}

/** One grant for each binding (or authorizer) that would still allow it without the deciding one. */
function othersOf({ decision, grants }: CanReport): readonly Grant<AccessSource>[] {
  const seen = new Set<string>([keyOf(decision?.grant)]);
  return grants.filter((grant) => {
    const key = keyOf(grant);
    return seen.has(key) ? false : seen.add(key);
  });
}

function keyOf(grant: Grant<AccessSource> | undefined): string {
  if (grant?.kind !== "rbac") return grant?.kind ?? "";
  const { kind, namespace, name } = grant.binding;
  return `${kind}/${namespace}/${name}`;
}

function whoText({ user, groups }: Identity): string {
  return printable(user === "" ? groups.join(", ") : user);
}
