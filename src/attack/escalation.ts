// What a subject can gain that it was not given.

import type { Holding } from "./holding.ts";
import type { Target } from "./target.ts";

export interface Escalation {
  readonly subject: Holding;
  readonly target: Target;
  /** Targets of the same kind that it comes to as well, such as further nodes. */
  readonly others: readonly Target[];
  /** Techniques in a row; what is merely meant by a holding is no step. */
  readonly length: number;
  /** Indexes of steps of the graph, needs before what needs them. */
  readonly chain: readonly number[];
}
