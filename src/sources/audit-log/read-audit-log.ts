// Reads audit logs into a sink, file by file and line by line. What cannot be read is a gap with its place, a few of each
// sort in full and the rest counted.

import type { Readable } from "node:stream";
import type { AuditEvent } from "../../layers/access/minimize/audit-event.ts";
import { formatPath } from "../../kubernetes/path.ts";
import type { Gap } from "../../verdicts/gap.ts";
import type { Message } from "../../verdicts/message.ts";
import type { AuditFile } from "./audit-files.ts";
import { readAuditFile, readAuditStream } from "./audit-lines.ts";
import { createEventReader, type EventReader, type EventSink, type LineProblem } from "./event-reader.ts";

export interface AuditLogRead {
  readonly bytes: number;
  readonly gaps: readonly Gap[];
}

export interface ReadAuditOptions {
  readonly stdin: Readable;
  readonly signal: AbortSignal;
  /** Called with each file before it is read. */
  readonly onFile?: (name: string) => void;
}

/** Of each sort in a file, so many are shown in full. */
const MOST_SHOWN = 3;
/** A document of several lines is kept whole until it ends. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;

/** Reads the files in turn. Memory does not grow with them. */
export async function readAuditLog(
  files: readonly AuditFile[],
  take: (event: AuditEvent) => void,
  { stdin, signal, onFile }: ReadAuditOptions,
): Promise<AuditLogRead> {
  const reader = createEventReader();
  const gaps: Gap[] = [];
  let bytes = 0;
  for (const { name, path } of files) {
    onFile?.(name);
    const file = createFileReader(name, reader, take);
    const read =
      path === undefined
        ? await readAuditStream(stdin, file.takeLine, signal)
        : await readAuditFile(path, file.takeLine, signal);
    bytes += read.bytes;
    gaps.push(...file.finish(read.failure));
  }
  return { bytes, gaps };
}

function createFileReader(name: string, reader: EventReader, take: (event: AuditEvent) => void) {
  let line = 0;
  let events = 0;
  let document: string[] | undefined;
  let documentLength = 0;
  let isIncomplete = false;
  const shown = new Map<string, number>();
  const gaps: Gap[] = [];
  const add = (reason: Message, at: number): void => {
    const count = (shown.get(reason.id) ?? 0) + 1;
    shown.set(reason.id, count);
    if (count <= MOST_SHOWN)
      gaps.push({ code: reason.id, what: name, reason, position: { file: name, line: at, column: 1 } });
  };
  const sink: EventSink = {
    event: (event) => {
      events++;
      take(event);
    },
    problem: (problem) => {
      const isCut = problem.kind === "not-json" && isIncomplete;
      add(isCut ? { id: "audit-cut" } : messageOf(problem), line);
    },
  };
  const readText = (text: string): void => reader.read(text, 0, text.length, sink);
  return {
    takeLine: (text: string, start: number, end: number, isLast: boolean): void => {
      line++;
      isIncomplete = isLast;
      if (document !== undefined) {
        const part = text.slice(start, end);
        documentLength += part.length;
        if (documentLength <= LARGEST_DOCUMENT) document.push(part);
        return;
      }
      if (isBlank(text, start, end)) return;
      // A document over several lines, as kubectl or jq print one, opens a bracket and stops.
      if (events === 0 && gaps.length === 0 && opensOnly(text, start, end)) document = [text.slice(start, end)];
      else reader.read(text, start, end, sink);
    },
    finish: (failure: string | undefined): readonly Gap[] => {
      if (document !== undefined) {
        line = 1;
        isIncomplete = true;
        if (documentLength > LARGEST_DOCUMENT) add({ id: "audit-document-too-large" }, 1);
        else readText(document.join("\n"));
      }
      for (const [id, count] of shown) {
        if (count > MOST_SHOWN)
          gaps.push({
            code: "audit-more",
            what: name,
            reason: { id: "audit-more", arguments: { count: count - MOST_SHOWN, code: id } },
          });
      }
      if (failure !== undefined)
        gaps.push({
          code: "audit-unreadable",
          what: name,
          reason: { id: "audit-unreadable", arguments: { detail: failure, line } },
        });
      else if (line === 0) gaps.push({ code: "audit-empty", what: name, reason: { id: "audit-empty" } });
      return gaps;
    },
  };
}

function messageOf(problem: LineProblem): Message {
  switch (problem.kind) {
    case "not-json":
      return { id: "audit-not-json" };
    case "not-an-event":
      return { id: "audit-not-an-event", arguments: { found: problem.found } };
    case "version":
      return { id: "audit-version", arguments: { apiVersion: problem.apiVersion } };
    case "malformed": {
      const { path, expected, found } = problem.problem;
      return { id: "invalid-field", arguments: { path: formatPath(path), expected, found } };
    }
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.charCodeAt(start) <= 32 && text.slice(start, end).trim() === "";
}

function opensOnly(text: string, start: number, end: number): boolean {
  return end - start < 200 && /^\s*[{[]\s*("[^"]*"\s*:\s*("[^"]*"\s*,|[{[])\s*)?$/.test(text.slice(start, end));
}
