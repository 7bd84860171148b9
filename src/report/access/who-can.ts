// `access who-can`: every subject that may, each with all its chains, and how one becomes a member of a group.

import { locateFact, type AccessSource } from "../../layers/access/access-source.ts";
import type { Action } from "../../layers/access/action.ts";
import type { NodesThatCan } from "../../layers/access/nodes-that-can.ts";
import { membershipOf } from "../../layers/access/membership.ts";
import { grantDocument, subjectDocument } from "../../layers/access/questions/grant-document.ts";
import type { AllowedSubject, WhoCan, WhoCanThere } from "../../layers/access/who-can.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { actionDocument, actionText } from "./action-text.ts";
import { grantPlaces, grantText, subjectText } from "./chain-text.ts";
import { gapLines } from "./gap-lines.ts";
import { noteDocument, noteText, type AccessNote } from "./note.ts";

export interface WhoCanReport {
  readonly action: Action;
  readonly everywhere: WhoCan<AccessSource>;
  /** With `-A`: who may in one namespace only. */
  readonly only: readonly WhoCanThere<AccessSource>[];
  readonly nodes: NodesThatCan<AccessSource>;
  readonly notes: readonly AccessNote[];
  readonly gaps: readonly Gap[];
}

type Subjects = readonly AllowedSubject<AccessSource>[];

export function* whoCanText(report: WhoCanReport, catalogue: Catalogue, text: TextOptions): Generator<string> {
  const { action, everywhere, only, nodes } = report;
  const count = everywhere.subjects.length + only.reduce((sum, { subjects }) => sum + subjects.length, 0);
  yield `${text.style.bold(catalogue.say("access.who-can", { count, action: actionText(action) }))}\n`;
  yield* subjectLines(everywhere.subjects, catalogue, text);
  for (const { namespace, subjects } of only) {
    if (subjects.length === 0) continue;
    yield `\n${text.style.bold(catalogue.say("access.only-in", { namespace: printable(namespace) }))}\n`;
    yield* subjectLines(subjects, catalogue, text);
  }
  if (nodes.every) yield `  ${catalogue.say("access.every-node")}\n`;
  for (const grant of nodes.every ? [] : nodes.some) yield `  ${grantText(grant, catalogue)}\n`;
  for (const note of report.notes) for (const line of wrap(noteText(note, catalogue), text.width)) yield `${line}\n`;
  yield* gapLines(report.gaps, catalogue, text.style);
}

function* subjectLines(subjects: Subjects, catalogue: Catalogue, { width, style }: TextOptions): Generator<string> {
  const names = subjects.map(({ subject }) => subjectText(subject));
  const widest = Math.min(60, Math.max(0, ...names.map(displayWidth)));
  for (const [index, { subject, via }] of subjects.entries()) {
    const how = subject.kind === "Group" ? membershipText(subject.name, catalogue) : "";
    yield `  ${style.bold(padEnd(names[index] ?? "", widest))}${how === "" ? "" : `  ${how}`}\n`.replace(/ +\n$/, "\n");
    for (const grant of via) {
      if (grant.kind === "system:masters") continue;
      const places = grantPlaces(grant);
      for (const line of wrap(grantText(grant, catalogue), width - 6)) yield `      ${line}\n`;
      if (places !== "") yield `      ${places}\n`;
    }
  }
}

/** How one gets into a group. */
export function membershipText(group: string, { say }: Catalogue): string {
  const membership = membershipOf(group);
  const namespace = membership.kind === "service-accounts-of" ? printable(membership.namespace) : "";
  return say(`access.member-${membership.kind}`, { namespace });
}

export function whoCanReportDocument(report: WhoCanReport, catalogue: Catalogue): object {
  const { action, everywhere, only, nodes, notes, gaps } = report;
  return {
    schema: "ringwall.access-who-can/v1",
    question: actionDocument(action),
    subjects: subjectsDocument(everywhere.subjects, catalogue),
    ...(only.length > 0 && {
      only: only
        .filter(({ subjects }) => subjects.length > 0)
        .map(({ namespace, subjects }) => ({ namespace, subjects: subjectsDocument(subjects, catalogue) })),
    }),
    ...(nodes.every
      ? { nodes: "all" }
      : nodes.some.length > 0 && { nodes: nodes.some.map((grant) => grantDocument(grant, locateFact)) }),
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
}

function subjectsDocument(subjects: Subjects, catalogue: Catalogue): readonly object[] {
  return subjects.map(({ subject, via }) => ({
    ...subjectDocument(subject),
    ...(subject.kind === "Group" && { membership: membershipText(subject.name, catalogue) }),
    via: via.map((grant) => grantDocument(grant, locateFact)),
  }));
}

export function* whoCanJson(report: WhoCanReport, catalogue: Catalogue): Generator<string> {
  yield `${jsonText(whoCanReportDocument(report, catalogue))}\n`;
}
