// What a person should know besides findings and gaps, worded: about exceptions, about objects given twice.

import type { ResourceId } from "../cluster/resource-id.ts";
import type { Position } from "../cluster/resource.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Report } from "./report.ts";

export interface WordedNote {
  readonly code: string;
  /** What it is about. */
  readonly what: string;
  readonly message: string;
  readonly position?: Position;
  readonly resource?: ResourceId;
}

/** The notes of a run in the order of every format. */
export function* notesOf({ run }: Report, catalogue: Catalogue): Generator<WordedNote> {
  for (const { message, ...note } of run.notes)
    yield { ...note, message: catalogue.sayAny(message.id, message.arguments) };
  for (const key of run.duplicates) {
    const name = key.replace(/^\//, "");
    yield { code: "duplicate", what: name, message: catalogue.say("report.duplicate", { name }) };
  }
}

export function noteCount({ run }: Report): number {
  return run.notes.length + run.duplicates.length;
}
