// `access generate` as a document.

import { workloadName } from "../../../layers/access/generate/workload-facts.ts";
import type { Catalogue } from "../../catalogue.ts";
import { gapJson } from "../../finding-json.ts";
import { jsonText } from "../../json-text.ts";
import { logDocument, subjectDocumentOf } from "../minimize/minimize-json.ts";
import { noteDocument } from "../note.ts";
import { hintText, type GenerateReport } from "./generate-report.ts";

export function* generateJson(report: GenerateReport, catalogue: Catalogue): Generator<string> {
  const { generated, log, notes, gaps } = report;
  const { workload, account, isKept, sharedWith, from, automount, automountToday, hints, result, objects, patch } =
    generated;
  const document = {
    schema: "ringwall.access-generate/v1",
    workload: workloadName(workload),
    serviceAccount: { namespace: workload.namespace, name: account, isNew: !isKept },
    today: { serviceAccount: workload.account, automountServiceAccountToken: automountToday, sharedWith },
    automountServiceAccountToken: automount,
    needsFrom: from.kind,
    ...(log !== undefined && { log: logDocument(log) }),
    hints: hints.map((hint) => ({ ...hint, message: hintText(hint, catalogue) })),
    result: subjectDocumentOf(result),
    objects,
    patch,
    notes: notes.map((note) => noteDocument(note, catalogue)),
    incomplete: gaps.map((gap) => gapJson(gap, catalogue)),
  };
  yield `${jsonText(document)}\n`;
}
