// `workloads admit -o html` over namespaces: one file, no script, nothing loaded.

import type { NamespacePrediction, PredictedEntry } from "../../layers/workloads/predict/predict.ts";
import type { Catalogue } from "../catalogue.ts";
import { placeText } from "../evidence-text.ts";
import { gapText } from "../gap-text.ts";
import { xmlText } from "../xml-text.ts";
import {
  changeLines,
  entryNotes,
  obstacleTexts,
  policyText,
  reachableText,
  shownViolations,
  violationText,
} from "./entry-notes.ts";
import { EFFECTS, entriesBy, type PredictionReport } from "./prediction-report.ts";

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;border-top:1px solid #ccc}
.rejected{color:#a40000}.warned,.audited{color:#7a4b00}ul{margin:0;padding-left:1.1rem}.note{color:#555}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}.rejected{color:#ff8a80}.warned,.audited{color:#ffcc80}.note{color:#aaa}td,th{border-color:#444}}`;

export function* predictionHtml(report: PredictionReport, catalogue: Catalogue): Generator<string> {
  const title = xmlText(catalogue.say("admit.title"));
  yield `<!doctype html>\n<html lang="${catalogue.language}">\n<head><meta charset="utf-8">`;
  yield `<meta name="viewport" content="width=device-width"><title>${title}</title>\n<style>${STYLE}</style></head>\n`;
  yield `<body>\n<h1>${title}</h1>\n<p>Kubernetes 1.${report.minor}</p>\n`;
  if (report.predictions.length === 0) yield `<p>${xmlText(catalogue.say("admit.nothing"))}</p>\n`;
  for (const prediction of report.predictions) yield* section(prediction, report, catalogue);
  if (report.gaps.length > 0) {
    yield `<h2>${xmlText(catalogue.say("report.not-evaluated"))}</h2>\n`;
    yield list(report.gaps.map((gap) => `${gap.what} ${placeText(gap.position)} ${gapText(gap, catalogue)}`));
  }
  yield "</body>\n</html>\n";
}

function* section(
  prediction: NamespacePrediction,
  { minor, upgradeTo }: PredictionReport,
  catalogue: Catalogue,
): Generator<string> {
  const { namespace, judged, labels, known, isExempt, entries, upgrade, answer } = prediction;
  yield `<h2>${xmlText(namespace)}</h2>\n<p>${xmlText(policyText(judged.policy, labels, catalogue))}</p>\n`;
  if (known === undefined) yield `<p class="note">${xmlText(catalogue.say("admit.unknown-namespace"))}</p>\n`;
  if (isExempt) yield `<p class="note">${xmlText(catalogue.say("admit.exempt-namespace"))}</p>\n`;
  if (entries.length > 0 && !isExempt) {
    yield `<p>${xmlText(reachableText(prediction, catalogue))}</p>\n${list(obstacleTexts(prediction, catalogue))}`;
  }
  yield "<table>\n";
  for (const effect of EFFECTS) {
    if (effect === "unaffected") continue;
    for (const entry of entriesBy(prediction, effect)) yield row(entry, catalogue);
  }
  yield "</table>\n";
  const count = entriesBy(prediction, "unaffected").length;
  if (count > 0) yield `<p>${xmlText(catalogue.say("admit.unaffected", { count }))}</p>\n`;
  if (answer?.warnings !== undefined)
    yield `<p>${xmlText(catalogue.say("admit.server"))}</p>\n${list(answer.warnings)}`;
  if (upgrade === undefined || upgradeTo === undefined) return;
  yield `<h3>${xmlText(catalogue.say("admit.upgrade", { from: minor, to: upgradeTo }))}</h3>\n`;
  if (upgrade.changes.length === 0) {
    const id = upgrade.moving.length === 0 ? "admit.upgrade-pinned" : "admit.upgrade-none";
    yield `<p>${xmlText(catalogue.say(id))}</p>\n`;
  }
  for (const { carrier, modes } of upgrade.changes) {
    const lines = changeLines(modes, catalogue).map(({ change, why }) => `${change}. ${why}`);
    yield `<p><b>${xmlText(`${carrier.id.name} ${carrier.id.kind}`)}</b></p>\n${list(lines)}`;
  }
}

function row(entry: PredictedEntry, catalogue: Catalogue): string {
  const { carrier, judgement } = entry;
  const { kind, name } = carrier.id;
  const place = placeText(carrier.position);
  const why = [...shownViolations(entry).map(violationText), ...entryNotes(entry, catalogue)];
  const effect = xmlText(catalogue.sayAny(`admit.${judgement.effect}`));
  return `<tr><td class="${judgement.effect}">${effect}</td><td>${xmlText(name)}<br><span class="note">${xmlText(`${kind} ${place}`)}</span></td><td>${list(why)}</td></tr>\n`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${xmlText(line)}</li>`).join("")}</ul>\n`;
}
