// The proposal as YAML to apply: roles and bindings, then the bindings that stay for others; what is to be deleted, which
// no manifest can say, stands in comments.

import type { AccessSource } from "../../../layers/access/access-source.ts";
import { bindingObject, type OwnBinding } from "../../../layers/access/minimize/own-bindings.ts";
import type { SubjectResult } from "../../../layers/access/minimize/minimize.ts";
import type { Gap } from "../../../verdicts/gap.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import { referenceText } from "../chain-text.ts";
import { gapLine } from "../gap-lines.ts";
import type { MinimizeReport } from "./minimize-report.ts";
import { proofText, unknownTexts } from "./used-text.ts";

export interface ProposalDocument {
  readonly comment: string;
  readonly value: unknown;
}

export function* proposalDocuments(report: MinimizeReport, catalogue: Catalogue): Generator<ProposalDocument> {
  const { say } = catalogue;
  const { result, gaps } = report;
  const open = openTexts(gaps, result.subjects, catalogue);
  if (open.length > 0) yield { comment: open.join("\n"), value: undefined };
  const departures = new Map<string, OwnBinding<AccessSource>>();
  for (const subject of result.subjects) {
    const { user, objects, replaced, needs } = subject;
    const unknown = unknownTexts(needs.unknown, catalogue);
    const comment = [`${printable(user)}: ${proofText(subject, catalogue)}`, ...unknown].join("\n");
    for (const [index, value] of objects.entries()) yield { comment: index === 0 ? comment : "", value };
    if (objects.length === 0) yield { comment, value: undefined };
    for (const own of replaced) {
      const reference = referenceText(own.binding.resource);
      const earlier = departures.get(reference);
      // Several subjects may leave one binding.
      const others = own.others.filter((subject) => earlier === undefined || earlier.others.includes(subject));
      departures.set(reference, { ...own, others });
    }
  }
  const deletions: string[] = [];
  for (const [reference, { binding, others }] of departures) {
    const { kind, name, namespace } = binding.resource;
    const place = namespace === "" ? "" : ` -n ${shellWord(namespace)}`;
    if (others.length === 0) deletions.push(`kubectl delete ${kind.toLowerCase()}${place} ${shellWord(name)}`);
    else yield { comment: say("minimize.leaving", { binding: reference }), value: bindingObject(binding, others) };
  }
  if (deletions.length > 0) yield { comment: [say("minimize.then-delete"), ...deletions].join("\n"), value: undefined };
}

/** What was not evaluated, and that today's bindings are to stay where the log does not show every use. */
export function openTexts(
  gaps: readonly Gap[],
  results: readonly Pick<SubjectResult<AccessSource>, "evidence">[],
  catalogue: Catalogue,
): readonly string[] {
  const { say } = catalogue;
  const lines =
    gaps.length === 0 ? [] : [say("report.not-evaluated"), ...gaps.map((gap) => `  ${gapLine(gap, catalogue)}`)];
  return results.every(({ evidence }) => evidence === "whole") ? lines : [...lines, say("minimize.stay-all")];
}

function shellWord(name: string): string {
  return /^[\w.:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
