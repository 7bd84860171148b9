// Answers in one format, written one after another: one question and a batch of a million are the same.

import type { NetworkDiagnostic } from "../../layers/network/diagnostic.ts";
import type { Answered } from "../../layers/network/questions/reach-batch.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Catalogue } from "../catalogue.ts";
import type { TextOptions } from "../text/text.ts";

export interface AnswerContext {
  readonly catalogue: Catalogue;
  readonly notes: readonly NetworkDiagnostic[];
  readonly gaps: readonly Gap[];
  readonly text: TextOptions;
}

/** `head` comes before the first answer and `tail` after the last; memory does not grow with the answers' texts. */
export interface AnswerWriter<Question extends Answered = Answered> {
  readonly head?: () => Iterable<string>;
  readonly answer: (asked: Question) => Iterable<string>;
  readonly tail?: () => Iterable<string>;
}

/** One answer as a whole document. */
export function* writeAnswer(writer: AnswerWriter, asked: Answered): Generator<string> {
  yield* writer.head?.() ?? [];
  yield* writer.answer(asked);
  yield* writer.tail?.() ?? [];
}
