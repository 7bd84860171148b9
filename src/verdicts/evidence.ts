// What proves a verdict: a path in an object and the literal value there.

import type { Path } from "../kubernetes/path.ts";
import type { ResourceId } from "../cluster/resource-id.ts";

/** Exactly one of: a literal `value`, an `absent` field (with the API's default), or a `redacted` value. */
export interface Evidence {
  /** From the root of the object. */
  readonly path: Path;
  readonly value?: unknown;
  readonly absent?: true;
  /** What the API assumes for the absent field, where it assumes anything. */
  readonly default?: unknown;
  readonly redacted?: true;
  /** Set when the evidence is in another object than the finding's. */
  readonly resource?: ResourceId;
}
