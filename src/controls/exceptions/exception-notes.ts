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
  const { rule, expires, selector, isEveryRule, files = [] } = exception;
  const { covered, reopened, hasResource } = usageOf(exception);
  const note = (code: string, values: MessageArguments = {}): Note => noteOf(code, rule, values, exception);
  const notes: Note[] = [];
  if (isExpired(exception, today)) {
    notes.push(note("exception-expired", { expires: expires ?? "", count: reopened }));
  } else if (covered + reopened === 0 && hasResource) notes.push(note("exception-unused"));
  else if (covered + reopened === 0 && isWholeInput) notes.push(note("exception-without-resource"));
  if (isTool(exception)) return notes; // how another tool's ignores are written is that tool's business
  const isEveryResource = selector !== undefined && selectsEveryResource(selector) && files.length === 0;
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
  if (isExpired(gap, today)) notes.push(note("gap-expired", { expires: gap.expires ?? "", count: reopened }));
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
