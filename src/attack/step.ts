// A step: who holds all of `needs` can come to hold `gives`.

import type { MessageArguments } from "../verdicts/message.ts";
import type { Control } from "./fact.ts";
import type { StepFact } from "./step-fact.ts";
import type { Holding } from "./holding.ts";

export interface Step {
  readonly needs: readonly Holding[];
  readonly gives: Holding;
  /** What a holding means anyway, said by a technique because only it knows: no step of its own. */
  readonly isMeant?: true;
  /** Arguments of the technique's sentence. `{to}` is filled with what the step leads to. */
  readonly says?: MessageArguments;
  /** Computed only for the steps that are shown. */
  readonly facts?: () => readonly StepFact[];
  /** Changes each of which alone makes the step impossible; none where nothing does. */
  readonly controls?: () => readonly Control[];
}
