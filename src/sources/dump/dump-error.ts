// What is wrong with a dump: a closed table, as one line each.

import { fillTemplate, type Message, type MessageArguments } from "../../verdicts/message.ts";

export const DUMP_ERROR_TEXTS = {
  "not-a-dump": "{file}: not a Ringwall dump",
  "unknown-version":
    "{file}: a dump of format version {version}, which this Ringwall does not read (it reads {known}); use a newer Ringwall",
  truncated: "{file}: the dump ends after line {line} without its closing line: it was cut; take it again",
  damaged: "{file}:{line}: the dump is damaged here ({detail}); take it again",
  "wrong-count": "{file}: the dump should hold {expected} objects and holds {found}: it is damaged; take it again",
} as const;

export type DumpErrorCode = keyof typeof DUMP_ERROR_TEXTS;

/** A class because it is thrown; everything in it is data. */
export class DumpError extends Error {
  override readonly name = "DumpError";
  readonly code: DumpErrorCode;
  readonly arguments: MessageArguments;

  constructor(code: DumpErrorCode, values: MessageArguments) {
    super(fillTemplate(DUMP_ERROR_TEXTS[code], values));
    this.code = code;
    this.arguments = values;
  }
}

export function dumpErrorMessage(error: DumpError): Message {
  return { id: `dump/${error.code}`, arguments: error.arguments };
}
