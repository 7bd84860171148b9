// `workloads admit -o junit` over namespaces: one suite a namespace, one case a workload.

import type { NamespacePrediction, PredictedEntry } from "../../layers/workloads/predict/predict.ts";
import type { Catalogue } from "../catalogue.ts";
import { resourceText } from "../evidence-text.ts";
import { gapText } from "../gap-text.ts";
import { xmlAttributes, xmlText } from "../xml-text.ts";
import { changeLines, entryNotes, shownViolations, violationText } from "./entry-notes.ts";
import { entriesBy, type PredictionReport } from "./prediction-report.ts";

export function* predictionJunit({ predictions, gaps }: PredictionReport, catalogue: Catalogue): Generator<string> {
  const counts = predictions.map(countsOf);
  const sum = (key: "tests" | "failures" | "skipped"): number => counts.reduce((total, count) => total + count[key], 0);
  const all = {
    name: "Ringwall",
    tests: sum("tests") + gaps.length,
    failures: sum("failures"),
    errors: 0,
    skipped: sum("skipped") + gaps.length,
  };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${xmlAttributes(all)}>\n`;
  for (const [index, prediction] of predictions.entries()) {
    yield `<testsuite${xmlAttributes({ name: prediction.namespace, ...counts[index], errors: 0 })}>\n`;
    for (const entry of prediction.entries) yield entryCase(entry, prediction, catalogue);
    yield "</testsuite>\n";
  }
  if (gaps.length > 0) {
    const name = catalogue.say("verdict.not-evaluated");
    const counts = { tests: gaps.length, failures: 0, errors: 0, skipped: gaps.length };
    yield `<testsuite${xmlAttributes({ name, ...counts })}>\n`;
    for (const gap of gaps) {
      const message = xmlAttributes({ message: gapText(gap, catalogue) });
      yield `<testcase${xmlAttributes({ classname: name, name: gap.what })}><skipped${message}/></testcase>\n`;
    }
    yield "</testsuite>\n";
  }
  yield "</testsuites>\n";
}

function countsOf(prediction: NamespacePrediction): { tests: number; failures: number; skipped: number } {
  const failures = prediction.entries.filter((entry) => isFailing(entry, prediction)).length;
  return { tests: prediction.entries.length, failures, skipped: entriesBy(prediction, "exempt").length };
}

/** Refused now, or from the upgrade on. */
function isFailing({ carrier, judgement }: PredictedEntry, { upgrade }: NamespacePrediction): boolean {
  if (judgement.effect === "rejected") return true;
  return upgrade?.changes.some((change) => change.carrier === carrier && change.after.effect === "rejected") ?? false;
}

function entryCase(entry: PredictedEntry, prediction: NamespacePrediction, catalogue: Catalogue): string {
  const { carrier, judgement } = entry;
  const { file, line } = carrier.position ?? {};
  const attributes = xmlAttributes({ classname: prediction.namespace, name: resourceText(carrier.id), file, line });
  const lines = [...shownViolations(entry).map(violationText), ...entryNotes(entry, catalogue)];
  const change = prediction.upgrade?.changes.find((change) => change.carrier === carrier);
  lines.push(...changeLines(change?.modes ?? [], catalogue).flatMap(({ change, why }) => [change, why]));
  const text = lines.map(xmlText).join("\n");
  if (isFailing(entry, prediction)) {
    const message = lines[0] ?? "";
    return `<testcase${attributes}><failure${xmlAttributes({ type: "PodSecurity", message })}>${text}</failure></testcase>\n`;
  }
  if (judgement.effect === "exempt") {
    const message = catalogue.say("admit.exempt");
    return `<testcase${attributes}><skipped${xmlAttributes({ message })}/></testcase>\n`;
  }
  if (text === "") return `<testcase${attributes}/>\n`;
  return `<testcase${attributes}><system-out>${text}</system-out></testcase>\n`;
}
