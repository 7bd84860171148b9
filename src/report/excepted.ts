// A failing verdict that somebody answers for: kept, counted and shown in every format, but no finding.

import type { Position } from "../cluster/resource.ts";
import type { Finding } from "../verdicts/finding.ts";
import type { Catalogue } from "./catalogue.ts";

/** Who decided that a finding may stay, why, and until when. */
export interface ReportedException {
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** `file`, `annotation`, or the tool whose ignore was honoured. */
  readonly origin?: string;
  /** Where it is written. */
  readonly position?: Position;
}

export interface ExceptedFinding extends Finding {
  readonly exception: ReportedException;
}

/** `reason (owner team-a, until 2027-01-31)`. */
export function exceptionText({ reason, owner, expires }: ReportedException, catalogue: Catalogue): string {
  const facts = [
    ...(owner === undefined ? [] : [catalogue.say("exception.owner", { owner })]),
    ...(expires === undefined ? [] : [catalogue.say("exception.expires", { expires })]),
  ];
  return facts.length === 0 ? reason : catalogue.say("exception.text", { reason, facts: facts.join(", ") });
}
