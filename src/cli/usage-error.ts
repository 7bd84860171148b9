// Mistakes of the user: one line that names the mistake and the nearest right word. Exit 2.

import type { Position } from "../cluster/resource.ts";
import { nearest } from "../verdicts/nearest.ts";
import type { MessageId } from "../report/catalogues/en.ts";
import type { MessageArguments } from "../verdicts/message.ts";

type UsageMessage = Extract<MessageId, `error.${string}`>;

/** Thrown by commands, caught once in main: the only class, because only errors can be thrown well. */
export class UsageError extends Error {
  readonly id: UsageMessage;
  readonly values: MessageArguments;
  /** What could have been meant. */
  readonly suggestion: string | undefined;
  /** Where the mistake stands, when it stands in a file: `ringwall.yaml:3:1`. */
  place: string | undefined;

  constructor(id: UsageMessage, values: MessageArguments, suggestion?: string) {
    super(id);
    this.id = id;
    this.values = values;
    this.suggestion = suggestion;
  }

  /** The same mistake, made in a file. A place that is known already is the better one. */
  at(position: Position | undefined): this {
    if (position !== undefined) this.place ??= `${position.file}:${position.line}:${position.column}`;
    return this;
  }
}

/** An unknown word, with the nearest known one. */
export function unknownWord(id: UsageMessage, value: string, candidates: Iterable<string>): UsageError {
  return new UsageError(id, { value: JSON.stringify(value) }, nearest(value, candidates)[0]);
}
