// A framework: the requirements of a standard, and how each is decided. Rules name the requirements they speak for
// (`frameworks` in their metadata); what no rule can settle says so here.

import type { Language } from "../../verdicts/rule.ts";

export type Wording = Readonly<Record<Language, string>>;

export interface Requirement {
  /** Within its framework, e.g. `5.2.2`. */
  readonly id: string;
  readonly title: Wording;
  /** Requirements of the same framework that this one contains: their rules are its rules too. */
  readonly includes?: readonly string[];
  /** What a person must look at: rules show violations here, if there are any, but cannot show that it is met. */
  readonly manual?: Wording;
  /** Why no rule can be asked: it does not show in Kubernetes objects. */
  readonly undecidable?: Wording;
}

export interface Framework {
  readonly id: string;
  readonly title: Wording;
  /** The edition the ids are from. */
  readonly references: readonly string[];
  readonly requirements: readonly Requirement[];
}
