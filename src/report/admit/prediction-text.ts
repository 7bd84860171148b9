// `workloads admit` over namespaces, for people.

import type { NamespacePrediction, PredictedEntry } from "../../layers/workloads/predict/predict.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText } from "../evidence-text.ts";
import { gapText } from "../gap-text.ts";
import { printable } from "../printable.ts";
import { displayWidth, padEnd } from "../text/display-width.ts";
import type { TextOptions } from "../text/text.ts";
import { wrap } from "../text/wrap.ts";
import {
  changeLines,
  entryNotes,
  obstacleTexts,
  policyText,
  reachableText,
  shownViolations,
  violationText,
} from "./entry-notes.ts";
import { entriesBy, type PredictionReport } from "./prediction-report.ts";

const NARROWEST = 40;

export function* predictionText(report: PredictionReport, catalogue: Catalogue, text: TextOptions): Generator<string> {
  if (report.predictions.length === 0) yield `${catalogue.say("admit.nothing")}\n`;
  const { usernames } = report.configuration.exemptions;
  if (usernames.length > 0) {
    const users = usernames.map(printable).join(", ");
    yield* paragraph("", catalogue.say("admit.exempt-users", { users, count: usernames.length }), text.width);
  }
  let separator = "";
  for (const prediction of report.predictions) {
    yield separator;
    yield* namespaceText(prediction, report, catalogue, text);
    separator = "\n";
  }
  if (report.gaps.length === 0) return;
  yield `\n${text.style.bold(catalogue.say("report.not-evaluated"))}  ${report.gaps.length}\n`;
  for (const gap of report.gaps) {
    const place = gap.position === undefined ? printable(gap.what) : placeText(gap.position);
    yield `  ${place}  ${printable(gapText(gap, catalogue))}\n`;
  }
}

function* namespaceText(
  prediction: NamespacePrediction,
  report: PredictionReport,
  catalogue: Catalogue,
  { width, style }: TextOptions,
): Generator<string> {
  const { namespace, known, judged, current, labels, entries, isExempt } = prediction;
  const count = entries.length;
  const workloads = count === 0 ? catalogue.say("admit.no-workloads") : catalogue.say("admit.workloads", { count });
  yield `${style.bold(printable(namespace))}  ${policyText(judged.policy, labels, catalogue)}  ${workloads}\n`;
  if (report.isProposed) {
    const today = policyText(current.policy, known?.labels ?? {}, catalogue);
    yield* paragraph("  ", catalogue.say("admit.proposed", { labels: today }), width);
  }
  if (known === undefined) yield* paragraph("  ", catalogue.say("admit.unknown-namespace"), width);
  if (isExempt) yield* paragraph("  ", catalogue.say("admit.exempt-namespace"), width);
  for (const { label, value, expected } of judged.errors) {
    const error = catalogue.say("admit.label-error", { label, value: JSON.stringify(value), expected });
    yield* paragraph("  ", style.red(printable(error)), width);
  }
  for (const effect of ["rejected", "warned", "audited"] as const) {
    const affected = entriesBy(prediction, effect);
    if (affected.length === 0) continue;
    const title = catalogue.say(`admit.${effect}`);
    yield `  ${effect === "rejected" ? style.red(title) : style.yellow(title)}  ${affected.length}\n`;
    yield* entryRows(affected, catalogue, width);
  }
  const exempt = entriesBy(prediction, "exempt").length;
  if (exempt > 0) yield `  ${catalogue.say("admit.exempt")}  ${exempt}\n`;
  const unaffected = entriesBy(prediction, "unaffected").length;
  if (unaffected > 0) yield `  ${catalogue.say("admit.unaffected", { count: unaffected })}\n`;
  if (count > 0 && !isExempt) {
    yield* paragraph("  ", reachableText(prediction, catalogue), width);
    for (const line of obstacleTexts(prediction, catalogue)) yield* paragraph("    ", printable(line), width);
  }
  yield* serverLines(prediction, catalogue, width);
  yield* upgradeLines(prediction, report, catalogue, width);
}

function* entryRows(entries: readonly PredictedEntry[], catalogue: Catalogue, width: number): Generator<string> {
  const names = entries.map(({ carrier }) => printable(carrier.id.name));
  const widest = Math.max(...names.map(displayWidth));
  const widestKind = Math.max(...entries.map(({ carrier }) => displayWidth(carrier.id.kind)));
  for (const [index, entry] of entries.entries()) {
    const { kind } = entry.carrier.id;
    const head = `    ${padEnd(names[index] ?? "", widest)}  ${padEnd(printable(kind), widestKind)}  `;
    const lines = [...shownViolations(entry).map(violationText), ...entryNotes(entry, catalogue)];
    yield* hanging(head, lines.map(printable), width);
  }
}

function* serverLines({ answer }: NamespacePrediction, catalogue: Catalogue, width: number): Generator<string> {
  if (answer === undefined) return;
  const said = [...(answer.warnings ?? []), ...(answer.status === undefined ? [] : [answer.status.message])];
  yield* paragraph("  ", catalogue.say(said.length === 0 ? "admit.server-silent" : "admit.server"), width);
  for (const line of said) yield* paragraph("    ", printable(line), width);
}

function* upgradeLines(
  { upgrade }: NamespacePrediction,
  { minor, upgradeTo }: PredictionReport,
  catalogue: Catalogue,
  width: number,
): Generator<string> {
  if (upgrade === undefined || upgradeTo === undefined) return;
  const { moving, changes } = upgrade;
  const summary =
    moving.length === 0
      ? catalogue.say("admit.upgrade-pinned")
      : catalogue.say("admit.upgrade-moving", { modes: moving.join(", "), count: moving.length });
  yield* paragraph("  ", `${catalogue.say("admit.upgrade", { from: minor, to: upgradeTo })}  ${summary}`, width);
  if (moving.length > 0 && changes.length === 0) yield `    ${catalogue.say("admit.upgrade-none")}\n`;
  for (const { carrier, modes } of changes) {
    const head = `    ${printable(carrier.id.name)}  ${printable(carrier.id.kind)}  `;
    const lines = changeLines(modes, catalogue).flatMap(({ change, why }) => [change, why]);
    yield* hanging(head, lines.map(printable), width);
  }
}

function* paragraph(indent: string, line: string, width: number): Generator<string> {
  for (const part of wrap(line, Math.max(NARROWEST, width - indent.length))) yield `${indent}${part}\n`;
}

function* hanging(head: string, lines: readonly string[], width: number): Generator<string> {
  const columns = displayWidth(head);
  const parts = lines.flatMap((line) => wrap(line, Math.max(NARROWEST, width - columns)));
  for (const [index, part] of parts.entries()) yield `${index === 0 ? head : " ".repeat(columns)}${part}\n`;
}
