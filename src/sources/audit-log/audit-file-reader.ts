// One file of an audit log: an event a line, or JSON over several lines, in any order. What cannot be read is a gap with
// its place, a few of each sort in full and the rest counted.

import type { AuditEvent } from "../../layers/access/minimize/audit-event.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Message } from "../../verdicts/message.ts";
import type { ReadFailure, TakeLine } from "./audit-lines.ts";
import type { EventReader, EventSink } from "./event-reader.ts";
import { createJsonEnd, type JsonEnd, type JsonProgress } from "./json-end.ts";
import { failureMessage, problemMessage } from "./log-message.ts";

/** Of each sort in a file, so many are shown in full. */
const MOST_SHOWN = 3;
/** JSON over several lines is kept whole until it ends. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;
const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // in UTF-8, one byte a character

interface AuditFileReader {
  readonly takeLine: TakeLine;
  readonly finish: (failure: ReadFailure | undefined) => readonly Gap[];
}

/** A value that began in a line and did not end there. */
interface OpenDocument {
  readonly end: JsonEnd;
  readonly firstLine: number;
  /** Let go of when they grow too large. */
  parts: string[];
  length: number;
}

export function createAuditFileReader(
  name: string,
  reader: EventReader,
  take: (event: AuditEvent) => void,
): AuditFileReader {
  let line = 0;
  let lineOfProblem = 0;
  let isJson = true;
  let open: OpenDocument | undefined;
  const shown = new Map<string, number>();
  const gaps: Gap[] = [];
  const add = (reason: Message, at: number): void => {
    const count = (shown.get(reason.id) ?? 0) + 1;
    shown.set(reason.id, count);
    if (count <= MOST_SHOWN)
      gaps.push({ code: reason.id, what: name, reason, position: { file: name, line: at, column: 1 } });
  };
  const sink: EventSink = {
    event: take,
    problem: (problem) => {
      if (problem.kind === "not-json") isJson = false;
      else add(problemMessage(problem), lineOfProblem);
    },
  };
  /** Whether it was one JSON value; what is wrong with that is told. */
  const read = (text: string, start: number, end: number, at: number): boolean => {
    isJson = true;
    lineOfProblem = at;
    reader.read(text, start, end, sink);
    return isJson;
  };

  /** Objects and lists in a row, of which the last may be open. */
  const readValues = (text: string, from: number, end: number, isLast: boolean): void => {
    for (let start = from; !isBlank(text, start, end);) {
      const json = createJsonEnd();
      const found = opensAny(text, start, end) ? json.take(text, start, end) : NO_JSON;
      if (found.kind === "closed") {
        if (!read(text, start, found.at, line)) return add({ id: "audit-not-json" }, line);
        start = found.at;
        continue;
      }
      if (isBroken(found, isLast)) return add({ id: found.isInText ? "audit-cut" : "audit-not-json" }, line);
      const part = text.slice(start, end);
      open = { end: json, firstLine: line, parts: [part], length: part.length };
      return;
    }
  };
  const goOn = (document: OpenDocument, text: string, start: number, end: number, isLast: boolean): void => {
    const found = document.end.take(text, start, end);
    if (isBroken(found, isLast)) {
      open = undefined;
      giveUp(document, line === document.firstLine + 1 ? { id: "audit-cut" } : brokenMessage());
      return takeText(text, start, end, isLast);
    }
    const to = found.kind === "closed" ? found.at : end;
    document.length += to - start;
    if (document.length <= LARGEST_DOCUMENT) document.parts.push(text.slice(start, to));
    else document.parts = [];
    if (found.kind !== "closed") return;
    open = undefined;
    if (document.length > LARGEST_DOCUMENT) add({ id: "audit-document-too-large" }, document.firstLine);
    else {
      const whole = document.parts.join("\n");
      if (!read(whole, 0, whole.length, document.firstLine)) add({ id: "audit-not-json" }, document.firstLine);
    }
    readValues(text, to, end, isLast);
  };
  const endMessage = ({ firstLine }: OpenDocument): Message => ({
    id: line === firstLine ? "audit-cut" : "audit-unfinished",
  });
  const brokenMessage = (): Message => ({ id: "audit-broken", arguments: { line } });
  /** Of lines that were taken for parts of what never ended, those count that are whole events. */
  const giveUp = ({ parts, firstLine }: OpenDocument, reason: Message | undefined): void => {
    if (reason !== undefined) add(reason, firstLine);
    for (const [index, part] of parts.entries())
      if (index > 0 && part.startsWith("{")) read(part, 0, part.length, firstLine + index);
  };

  const takeText = (text: string, start: number, end: number, isLast: boolean): void => {
    if (open !== undefined) goOn(open, text, start, end, isLast);
    else if (!isBlank(text, start, end) && !read(text, start, end, line)) readValues(text, start, end, isLast);
  };
  return {
    takeLine: (text, start, end, isLast) => {
      line++;
      // Not at the start of the first file only: files are joined, too.
      takeText(text, text.startsWith(BYTE_ORDER_MARK, start) ? start + BYTE_ORDER_MARK.length : start, end, isLast);
    },
    finish: (failure) => {
      // What cut the file cut its last line, and is told once.
      const isCutByFailure = failure !== undefined && failure.kind !== "foreign";
      if (open !== undefined) giveUp(open, isCutByFailure ? undefined : endMessage(open));
      open = undefined;
      for (const [id, count] of shown) {
        if (count > MOST_SHOWN)
          gaps.push({
            code: "audit-more",
            what: name,
            reason: { id: "audit-more", arguments: { count: count - MOST_SHOWN, code: id } },
          });
      }
      if (failure !== undefined) gaps.push(gapOf(name, failureMessage(failure, line)));
      else if (line === 0) gaps.push(gapOf(name, { id: "audit-empty" }));
      return gaps;
    },
  };
}

function gapOf(name: string, reason: Message): Gap {
  return { code: reason.id, what: name, reason };
}

const NO_JSON = { kind: "broken", isInText: false } as const;

/** In the last line, a text without an end may only be cut. */
function isBroken(found: JsonProgress, isLast: boolean): found is JsonProgress & { readonly kind: "broken" } {
  return found.kind === "broken" && !(found.isInText && isLast);
}

function opensAny(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at) === 123 || text.charCodeAt(at) === 91; // { or [
}

function isBlank(text: string, start: number, end: number): boolean {
  return start >= end || (text.charCodeAt(start) <= 32 && text.slice(start, end).trim() === "");
}
