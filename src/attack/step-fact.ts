// What a step alone says.

import type { RoleRecord } from "../layers/access/rbac-record.ts";
import type { BoundSubject } from "./bound-subject.ts";
import type { FieldFact, Located } from "./fact.ts";

/** A binding and a rule are a grant together. */
export type StepFact =
  | FieldFact
  | { readonly kind: "binding"; readonly subject: BoundSubject }
  | { readonly kind: "rule"; readonly role: RoleRecord<Located>; readonly rule: number };
