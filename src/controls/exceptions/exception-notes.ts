// What is said of exceptions themselves: expired, unused, too broad, unanswered, or re-opened by a change.

import { qualifiedName } from "../../cluster/resource-id.ts";
import type { Resource } from "../../cluster/resource.ts";
import type { Finding } from "../../verdicts/finding.ts";
import type { Message, MessageArguments } from "../../verdicts/message.ts";
import type { Note } from "../../verdicts/note.ts";
import type { AcceptedGap } from "./accepted-gap.ts";
import { isExpired, type Exception } from "./exception.ts";
import { matchesEverything } from "./glob.ts";
import { selectsEveryResource } from "./resource-selector.ts";
import type { Usage } from "./usage.ts";

export interface NoteContext {
  readonly today: string;
  readonly isWholeInput: boolean;
  readonly usageOf: (one: Exception | AcceptedGap) => Usage;
}

export function exceptionNotes(exception: Exception, { today, isWholeInput, usageOf }: NoteContext): readonly Note[] {
  const { rule, selector, isEveryRule } = exception;
  const { covered, reopened, hasResource } = usageOf(exception);
  const note = (code: string, values: MessageArguments = {}): Note => noteOf(code, rule, values, exception);
  const notes: Note[] = [];
  const isOver = isExpired(exception, today);
  if (isOver && (reopened > 0 || !isTool(exception)))
    notes.push(expiredNote("exception-expired", rule, reopened, exception));
  if (isTool(exception)) return notes; // what stands in another tool's files is that tool's business
  if (!isOver && covered + reopened === 0) {
    if (hasResource) notes.push(note("exception-unused"));
    else if (isWholeInput) notes.push(note("exception-without-resource"));
  }
  const isEveryResource = selector !== undefined && selectsEveryResource(selector);
  if (isEveryRule || isEveryResource) notes.push(note("exception-over-broad"));
  const missing = missingOf(exception);
  if (missing !== "") notes.push(note("exception-incomplete", { missing }));
  return notes;
}

export function gapNotes(gap: AcceptedGap, { today, isWholeInput, usageOf }: NoteContext): readonly Note[] {
  const what = [...gap.codes, ...gap.kinds, ...gap.paths].join(" ");
  const { covered, reopened } = usageOf(gap);
  const note = (code: string, values: MessageArguments = {}): Note => noteOf(code, what, values, gap);
  const notes: Note[] = [];
  if (isExpired(gap, today)) notes.push(expiredNote("gap-expired", what, reopened, gap));
  else if (covered === 0 && isWholeInput) notes.push(note("gap-unused"));
  const isEverywhere = gap.paths.length === 0 ? gap.kinds.length === 0 : isEveryPath(gap.paths);
  if (isEverywhere && matchesEverything(gap.kinds)) notes.push(note("gap-over-broad"));
  const missing = missingOf(gap);
  if (missing !== "") notes.push(note("gap-incomplete", { missing }));
  return notes;
}

/** The finding is open again, since what it was excepted for is not what is there now. */
export function changedNote(exception: Exception, finding: Finding, hash: string): Note {
  const name = `${finding.resource.kind} ${qualifiedName(finding.resource)}`;
  return { ...noteOf("exception-changed", exception.rule, { name, hash }, exception), resource: finding.resource };
}

export function annotationNote(annotation: string, message: Message, resource: Resource): Note {
  const position = resource.locate(["metadata", "annotations", annotation]);
  return {
    code: message.id.replace(/^note\./, ""),
    what: `${resource.id.kind} ${qualifiedName(resource.id)}`,
    message,
    resource: resource.id,
    ...(position !== undefined && { position }),
  };
}

/** One code, two sentences: whether anything is open again because of it. */
function expiredNote(code: string, what: string, count: number, one: Exception | AcceptedGap): Note {
  const note = noteOf(code, what, { expires: one.expires ?? "", count }, one);
  return count > 0 ? note : { ...note, message: { ...note.message, id: `note.${code}-unused` } };
}

function noteOf(code: string, what: string, values: MessageArguments, { position }: Exception | AcceptedGap): Note {
  const message = { id: `note.${code}`, arguments: { what, ...values } };
  return { code, what, message, ...(position !== undefined && { position }) };
}

function isTool({ origin }: Exception): boolean {
  return origin !== "file" && origin !== "annotation";
}

function missingOf({ reason, owner, expires }: Exception | AcceptedGap): string {
  const missing = [reason === "" && "reason", owner === undefined && "owner", expires === undefined && "expires"];
  return missing.filter((field) => field !== false).join(", ");
}

function isEveryPath(paths: readonly string[]): boolean {
  return matchesEverything(paths) || paths.some((path) => /^\.?\/*$/.test(path));
}
