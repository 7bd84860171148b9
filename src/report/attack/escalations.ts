// `access escalations`: who can become more than they are, by which chain, and the fewest changes that stop it.

import type { AttackGraph } from "../../attack/attack-graph.ts";
import type { ChangeUse } from "../../attack/change-use.ts";
import type { Cut } from "../../attack/cut.ts";
import type { Escalation } from "../../attack/escalation.ts";
import { holdingKey, type Holding } from "../../attack/holding.ts";
import type { Target } from "../../attack/target.ts";
import type { TargetCut } from "../../attack/target-cuts.ts";
import { tellChain } from "../../attack/told-chain.ts";
import { serviceAccountOf } from "../../layers/access/identity.ts";
import type { Gap } from "../../verdicts/gap.ts";
import { gapLines } from "../access/gap-lines.ts";
import type { Catalogue } from "../catalogue.ts";
import { gapJson } from "../finding-json.ts";
import { jsonText } from "../json-text.ts";
import { printable } from "../printable.ts";
import { placesBelow } from "../text/short-files.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import { changeJson, changeText } from "./change-text.ts";
import { targetText } from "./holding-text.ts";
import { factTexts, stepJson, stepText } from "./step-text.ts";

export interface EscalationsReport {
  readonly graph: AttackGraph;
  readonly told: readonly Escalation[];
  readonly own: readonly Escalation[];
  readonly members: ReadonlyMap<string, number>;
  readonly given: readonly Holding[];
  /** How many were looked at. */
  readonly subjects: number;
  /** Asked about, and named by nothing in the input. */
  readonly unnamed: readonly Holding[];
  readonly cuts: readonly TargetCut[];
  /** What stops one chain's subject; computed for those that are shown. */
  readonly cutOf: (escalation: Escalation) => Cut;
  /** What a given audit log says of a change. */
  readonly useOf: ChangeUse;
  readonly isAll: boolean;
  readonly gaps: readonly Gap[];
  /** TARGETs, below which file names are short. */
  readonly targets: readonly string[];
}

const MOST_SHOWN = 20;
const MOST_NAMED = 6;
const MOST_SENTENCE = 44;

export function* escalationsText(
  report: EscalationsReport,
  catalogue: Catalogue,
  text: TextOptions,
): Generator<string> {
  const { told, own, given, subjects, cuts, isAll, gaps } = report;
  const { style, width } = text;
  const bySubject = Map.groupBy(isAll ? [...told, ...own] : told, ({ subject }) => holdingKey(subject));
  const all = [...bySubject.values()];
  const shown = isAll ? all : all.slice(0, MOST_SHOWN);
  if (all.length === 0) yield `${catalogue.say("attack.none", { subjects })}\n`;
  for (const [first, ...rest] of shown) {
    if (first === undefined) continue;
    const others = [...first.others, ...rest.flatMap((one) => [one.target, ...one.others])];
    yield* escalationLines(report, first, others, catalogue, text);
  }
  if (shown.length < all.length) yield `${catalogue.say("attack.more", { count: all.length - shown.length })}\n\n`;
  for (const cut of cuts) yield* cutLines(cut, report.useOf, catalogue, text);
  const notes: string[] = [];
  if (report.unnamed.length > 0) notes.push(catalogue.say("attack.unnamed", { subjects: namesText(report.unnamed) }));
  if (given.length > 0) notes.push(catalogue.say("attack.given", { count: given.length, subjects: namesText(given) }));
  if (!isAll && own.length > 0) notes.push(catalogue.say("attack.own", { count: own.length }));
  for (const note of notes) for (const line of wrap(note, width)) yield `${style.dim(line)}\n`;
  yield* gapLines(gaps, catalogue, style);
}

function* escalationLines(
  { graph, members, cutOf, useOf, targets }: EscalationsReport,
  escalation: Escalation,
  others: readonly Target[],
  catalogue: Catalogue,
  { style, width }: TextOptions,
): Generator<string> {
  const { subject, target, chain } = escalation;
  const steps = tellChain(graph, chain);
  const name = style.bold(subjectName(subject));
  yield `${catalogue.say("attack.becomes", { subject: name, target: targetText(target, catalogue), steps: steps.length })}\n`;
  if (others.length > 0) {
    const also = others
      .slice(0, MOST_NAMED)
      .map((one) => targetText(one, catalogue, "goal").trim())
      .join(", ");
    const rest = others.length > MOST_NAMED ? `, … +${others.length - MOST_NAMED}` : "";
    for (const line of wrap(catalogue.say("attack.also", { targets: also + rest }), width - 2))
      yield `  ${style.dim(line)}\n`;
  }
  const count = members.get(holdingKey(subject));
  if (count !== undefined) yield `  ${style.dim(catalogue.say("attack.members", { count }))}\n`;
  const placeOf = placesBelow({ kind: "files", names: targets });
  const sentences = steps.map((step) => stepText(step, catalogue));
  const column = Math.min(MOST_SENTENCE, Math.max(...sentences.map(displayWidth)));
  for (const [index, step] of steps.entries()) {
    const [first = "", ...facts] = factTexts(step, catalogue, placeOf);
    const sentence = sentences[index] ?? "";
    const number = String(index + 1).padStart(3);
    const isFitting = displayWidth(sentence) <= column && 7 + column + displayWidth(first) <= width;
    if (isFitting) yield `${number}  ${first === "" ? sentence : `${padEnd(sentence, column)}  ${style.dim(first)}`}\n`;
    else {
      yield `${number}  ${sentence}\n`;
      if (first !== "") yield `       ${style.dim(first)}\n`;
    }
    for (const fact of facts) yield `${isFitting ? " ".repeat(7 + column) : "       "}${style.dim(fact)}\n`;
  }
  const cut = cutOf(escalation);
  const sentence =
    cut.uncut.length > 0
      ? catalogue.say("attack.stop-never")
      : catalogue.say("attack.stop", {
          changes: cut.changes.map(({ change }) => changeText(change, catalogue, useOf)).join("; "),
        });
  for (const line of wrap(sentence, width - 5)) yield `     ${line}\n`;
  yield "\n";
}

function* cutLines(
  cut: TargetCut,
  useOf: ChangeUse,
  catalogue: Catalogue,
  { style, width }: TextOptions,
): Generator<string> {
  const { target, subjects, changes, atLeast, uncutSubjects } = cut;
  if (subjects < 2) return;
  const goal = targetText(target, catalogue, "goal");
  const heading = catalogue.say("attack.stop-all", { count: subjects, goal, changes: changes.length });
  const proof =
    atLeast === changes.length ? catalogue.say("attack.smallest") : catalogue.say("attack.bounded", { atLeast });
  yield `${style.bold(heading)}  ${style.dim(proof)}\n`;
  for (const { change } of changes)
    for (const [index, line] of wrap(changeText(change, catalogue, useOf), width - 4).entries())
      yield `${index === 0 ? "  - " : "    "}${line}\n`;
  if (uncutSubjects.length > 0)
    for (const line of wrap(catalogue.say("attack.uncut", { subjects: namesText(uncutSubjects) }), width - 2))
      yield `  ${line}\n`;
  yield "\n";
}

function namesText(holdings: readonly Holding[]): string {
  const rest = holdings.length - MOST_NAMED;
  return `${holdings.slice(0, MOST_NAMED).map(subjectName).join(", ")}${rest > 0 ? `, … +${rest}` : ""}`;
}

/** A subject as the API server names it. */
function subjectName(holding: Holding): string {
  if (holding.kind === "group") return printable(`group ${holding.name}`);
  return printable("name" in holding ? holding.name : holdingKey(holding).replaceAll("\u0001", " "));
}

export function* escalationsJson(report: EscalationsReport, catalogue: Catalogue): Generator<string> {
  const { graph, told, own, given, subjects, cuts, members, cutOf, gaps } = report;
  const escalations = [...told, ...own].map((escalation, index) => {
    const cut = index < MOST_SHOWN || report.isAll ? cutOf(escalation) : undefined;
    const memberCount = members.get(holdingKey(escalation.subject));
    return {
      subject: subjectJson(escalation.subject),
      ...(memberCount !== undefined && { members: memberCount }),
      target: targetJson(escalation.target),
      ...(escalation.others.length > 0 && { also: escalation.others.map(targetJson) }),
      ...(index >= told.length && { own: true }),
      steps: tellChain(graph, escalation.chain).map((step) => stepJson(step, catalogue)),
      ...(cut !== undefined && {
        stop: (cut.uncut.length > 0 ? [] : cut.changes).map(({ change }) =>
          changeJson(change, catalogue, report.useOf),
        ),
      }),
    };
  });
  const document = {
    schema: "ringwall.access-escalations/v1",
    subjects,
    escalations,
    cuts: cuts.map((cut) => ({
      target: targetJson(cut.target),
      subjects: cut.subjects,
      changes: cut.changes.map(({ change }) => changeJson(change, catalogue, report.useOf)),
      atLeast: cut.atLeast,
      ...(cut.uncutSubjects.length > 0 && { uncut: cut.uncutSubjects.map(subjectJson) }),
    })),
    given: given.map(subjectJson),
    ...(report.unnamed.length > 0 && { unnamed: report.unnamed.map(subjectJson) }),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `${jsonText(document)}\n`;
}

function subjectJson(holding: Holding): object {
  if (holding.kind !== "user")
    return "name" in holding ? { kind: "Group", name: holding.name } : { kind: holding.kind };
  const account = serviceAccountOf(holding.name);
  if (account === undefined) return { kind: "User", name: holding.name };
  return { kind: "ServiceAccount", namespace: account.namespace, name: account.name };
}

function targetJson(target: Target): object {
  if (target.kind === "cluster-admin") return { kind: target.kind };
  if (target.kind === "node") return target.node === "" ? { kind: "node" } : { kind: "node", node: target.node };
  return { kind: target.kind, namespace: target.namespace };
}
