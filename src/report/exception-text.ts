// Who answers for a finding or a gap, why, and until when, in one line.

import type { ReportedException } from "../verdicts/excepted.ts";
import type { Catalogue } from "./catalogue.ts";

/** `reason (owner team-a, until 2027-01-31)`. */
export function exceptionText({ reason, owner, expires }: ReportedException, catalogue: Catalogue): string {
  const facts = [
    ...(owner === undefined ? [] : [catalogue.say("exception.owner", { owner })]),
    ...(expires === undefined ? [] : [catalogue.say("exception.expires", { expires })]),
  ];
  return facts.length === 0 ? reason : catalogue.say("exception.text", { reason, facts: facts.join(", ") });
}
