// The generated objects as YAML, and the workload's edit as a strategic merge patch.

import { workloadName } from "../../../layers/access/generate/workload-facts.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import { openTexts, type ProposalDocument } from "../minimize/proposal-documents.ts";
import { proofText, unknownTexts } from "../minimize/used-text.ts";
import { hintText, type GenerateReport } from "./generate-report.ts";

export function* accessDocuments(report: GenerateReport, catalogue: Catalogue): Generator<ProposalDocument> {
  const { workload, hints, objects, result, from } = report.generated;
  const { needs } = result;
  const basis = from.kind === "log" ? proofText(result, catalogue) : catalogue.say(`generate.from-${from.kind}`);
  const comment = [
    ...openTexts(report.gaps, [result], catalogue),
    `${printable(workloadName(workload))}: ${basis}`,
    ...hints.map((hint) => hintText(hint, catalogue)),
    ...unknownTexts(needs.unknown, catalogue),
  ].join("\n");
  for (const [index, value] of objects.entries()) yield { comment: index === 0 ? comment : "", value };
}

export function patchDocument({ generated, gaps }: GenerateReport, catalogue: Catalogue): ProposalDocument {
  return { comment: openTexts(gaps, [generated.result], catalogue).join("\n"), value: generated.patch };
}
