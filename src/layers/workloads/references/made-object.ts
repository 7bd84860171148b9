// Objects that come into being because another object asks for them.

import type { TargetKind } from "./reference.ts";

export interface MadeObject {
  readonly target: TargetKind;
  /** `*` where it is made in namespaces the object does not name. */
  readonly namespace: string;
  readonly name: string;
  /** One per pod of a StatefulSet: `name-0`, `name-1`, … */
  readonly isNumbered?: true;
  /** Absent when they cannot be told from the object. */
  readonly keys?: readonly string[];
}
