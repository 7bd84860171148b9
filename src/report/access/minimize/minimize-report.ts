// What `access minimize` has to tell, before it is told in one format or another.

import type { AccessSource } from "../../../layers/access/access-source.ts";
import type { LogEvidence, Minimized, MinimizeOptions, Usage } from "../../../layers/access/minimize/minimize.ts";
import type { Gap } from "../../../verdicts/gap.ts";
import type { AccessNote } from "../note.ts";

export interface ReportedLog {
  readonly usage: Usage;
  readonly evidence: LogEvidence;
  readonly files: number;
  readonly bytes: number;
}

export interface MinimizeReport {
  readonly log: ReportedLog;
  readonly result: Minimized<AccessSource>;
  readonly options: MinimizeOptions;
  /** Whether today's rights were read. */
  readonly hasPresent: boolean;
  /** Whether a part of them could not be. */
  readonly isPresentPart: boolean;
  readonly notes: readonly AccessNote[];
  readonly gaps: readonly Gap[];
}
