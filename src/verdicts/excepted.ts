// A failing verdict that somebody answers for: kept, counted and shown, but no finding.

import type { Position } from "../cluster/resource.ts";
import type { Finding } from "./finding.ts";

/** Who decided that a finding may stay, why, and until when. */
export interface ReportedException {
  /** Empty when nobody wrote one; a note says so. */
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** `file`, `annotation`, or the tool whose ignore was honoured, e.g. `kube-linter`. */
  readonly origin?: string;
  /** Where it is written. */
  readonly position?: Position;
}

export interface ExceptedFinding extends Finding {
  readonly exception: ReportedException;
}
