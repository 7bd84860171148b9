// A failing verdict that somebody answers for: kept, counted and shown in every format, but no finding.

import type { Finding } from "../verdicts/finding.ts";

/** Who decided that a finding may stay, why, and until when. */
export interface ReportedException {
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
}

export interface ExceptedFinding extends Finding {
  readonly exception: ReportedException;
}
