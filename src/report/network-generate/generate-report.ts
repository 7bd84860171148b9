// What `network generate` has to say, whatever the format.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import type { Generated } from "../../layers/network/generate/generate.ts";
import type {
  NotSeen,
  ObservationGap,
  ObservationWindow,
  UnresolvedFlow,
  UnresolvedHint,
} from "../../layers/network/generate/need.ts";
import type { Gap } from "../../verdicts/gap.ts";

export interface GenerateReport {
  readonly generated: Generated;
  /** In manifests. */
  readonly unresolved: readonly UnresolvedHint[];
  /** Absent without flow logs. */
  readonly observed: ObservedReport | undefined;
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
}

export interface ObservedReport {
  readonly windows: readonly ObservationWindow[];
  readonly gaps: readonly ObservationGap[];
  readonly notSeen: readonly NotSeen[];
  readonly unresolved: readonly UnresolvedFlow[];
  /** Connections that today's policies turned away: no need comes of them. */
  readonly denied: number;
}
