// Objects that come into being because another object asks for them.

import type { TargetKind } from "./reference.ts";

export interface MadeObject {
  readonly target: TargetKind;
  /** `*` where it is made in namespaces the object does not name. */
  readonly namespace: string;
  readonly name: string;
  /** One per pod of a StatefulSet: `name-0`, `name-1`, … */
  readonly isNumbered?: true;
  /** The maker stands for the object, as an ExternalSecret for its Secret: where there is one, others would have theirs. */
  readonly isDeclaration?: true;
  /** Absent when they cannot be told from the object. */
  readonly keys?: readonly string[];
}
