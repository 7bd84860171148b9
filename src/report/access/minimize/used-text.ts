// Used tuples and uses that a log does not show in full, in words.

import type { AccessSource } from "../../../layers/access/access-source.ts";
import type { Beside } from "../../../layers/access/minimize/beside.ts";
import type { SubjectResult } from "../../../layers/access/minimize/minimize.ts";
import type { UnknownUse, UsedTuple } from "../../../layers/access/minimize/subject-needs.ts";
import { checksOf } from "../../../layers/access/requirement.ts";
import type { Catalogue } from "../../catalogue.ts";
import { printable } from "../../printable.ts";
import { actionText } from "../action-text.ts";
import { ruleText } from "../chain-text.ts";

/** The action of a tuple, or of a check inside a request what would meet it. */
export function tupleText({ requirement }: UsedTuple): string {
  const checks = [...checksOf(requirement)].flatMap((check) => {
    if (check.kind === "action") return [actionText(check.action)];
    return check.kind === "cover" ? [printable(check.rules.map(ruleText).join("; "))] : [];
  });
  const separator = requirement.kind === "all" ? " + " : " / ";
  return [...new Set(checks)].join(separator);
}

/** How much of what was used would be lost. */
export function proofText({ proof, evidence }: SubjectResult<AccessSource>, { say }: Catalogue): string {
  const { tuples, lost } = proof;
  if (tuples === 0) return say(evidence === "none" ? "minimize.not-shown" : "minimize.no-use");
  return say(lost.length === 0 ? "minimize.proved" : "minimize.lost", { tuples, lost: lost.length });
}

/** What the log does not show in full, each thing once, in sentences. */
export function unknownTexts(unknown: readonly UnknownUse[], { say }: Catalogue): readonly string[] {
  const byThing = Map.groupBy(unknown, ({ beside }) => `${beside.kind} ${besideText(beside)}`);
  return [...byThing.values()].map((uses) => {
    const [{ beside }] = uses as [UnknownUse]; // groups are not empty
    const requests = uses.reduce((sum, one) => sum + one.requests, 0);
    return say(`minimize.unknown-${beside.kind}`, { what: besideText(beside), requests });
  });
}

/** The object whose write the log does not show: `RoleBinding shop/ci`. */
export function besideText(beside: Beside): string {
  switch (beside.kind) {
    case "role-write":
    case "binding-write": {
      const isRole = beside.kind === "role-write";
      const kind = `${beside.namespace === "" ? "Cluster" : ""}Role${isRole ? "" : "Binding"}`;
      return printable(`${kind} ${beside.namespace === "" ? "" : `${beside.namespace}/`}${beside.name}`);
    }
    case "signer":
      return beside.purpose;
    case "parameters":
      return printable(`${beside.write.resource} ${beside.write.name}`.trim());
    case "impersonation":
      return printable(beside.wanted.user);
    case "create-on-update":
    case "connect":
      return actionText(beside.action);
    case "blocking-owner":
      return beside.owners.map((owner) => actionText(owner)).join(", ");
  }
}
