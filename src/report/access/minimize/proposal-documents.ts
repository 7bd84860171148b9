// The proposal as YAML to apply: roles and bindings, then the bindings that stay for others; what is to be deleted, which
// no manifest can say, stands in comments.

import type { AccessSource } from "../../../layers/access/access-source.ts";
import { bindingObject, type OwnBinding } from "../../../layers/access/minimize/own-bindings.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import { referenceText } from "../chain-text.ts";
import type { MinimizeReport } from "./minimize-report.ts";
import { proofText, unknownTexts } from "./used-text.ts";

export interface ProposalDocument {
  readonly comment: string;
  readonly value: unknown;
}

export function* proposalDocuments({ result }: MinimizeReport, catalogue: Catalogue): Generator<ProposalDocument> {
  const { say } = catalogue;
  const departures = new Map<string, OwnBinding<AccessSource>>();
  for (const { user, objects, replaced, proof, needs } of result.subjects) {
    const open = unknownTexts(needs.unknown, catalogue);
    const comment = [`${printable(user)}: ${proofText(proof, catalogue)}`, ...open].join("\n");
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

function shellWord(name: string): string {
  return /^[\w.:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
