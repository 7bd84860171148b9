// Carrying a technique out: the attacker's requests up to the use of what is promised. Throws a refusal where the server
// does not let it happen.

import type { Site } from "./site.ts";

export interface CarryOut {
  readonly run: (site: Site) => Promise<void>;
  /** Changes what everybody sees, so nothing else runs beside it. */
  readonly isAlone?: true;
  /** Why the API server cannot refuse the negative fixture: what the node decides, or another version. */
  readonly negativeIsBeyond?: string;
  /** Where the chain leaves Kubernetes: what is not carried out, because a program of others does it. */
  readonly upTo?: string;
}

export type CarryOuts = Readonly<Record<string, CarryOut>>;
