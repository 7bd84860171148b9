// Saved dumps among the TARGETs: recognized by their first bytes, read as the cluster they were taken from.

import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, constants } from "node:zlib";
import { dumpErrorMessage, DumpError } from "../../sources/dump/dump-error.ts";
import type { DumpHeader } from "../../sources/dump/dump-format.ts";
import { isGzip } from "../../sources/dump/dump-lines.ts";
import { readDump, startsLikeDump } from "../../sources/dump/read-dump.ts";
import { SECRETS_UNREAD, serverItem, type TargetItem } from "./target-item.ts";

const FIRST_BYTES = 512;
/** After so many characters it is plain whether a text begins as a dump does. */
const SHORTEST_HEADER = 64;
/** What the walk of a directory takes for YAML is none. */
const NEVER: ReadonlySet<string> = new Set([".yaml", ".yml"]);

/** Whether a file is a dump. Costs one small read; none for YAML. */
export function isDumpFile(path: string): boolean {
  if (NEVER.has(extname(path))) return false;
  try {
    // A pipe's first bytes can be read only once, by who reads all of it.
    return statSync(path).isFile() && isDumpStart(firstBytes(path));
  } catch {
    return false; // a directory, or what cannot be read: whoever reads it says so
  }
}

/** Whether these first bytes, gzipped or not, begin a dump. */
export function isDumpStart(first: Uint8Array): boolean {
  return startsLikeDump(isGzip(first) ? unzipped(first) : Buffer.from(first).toString("utf8"));
}

/** Files as they are, dumps unzipped while they are read. A dump that is damaged or cut is a gap, at its place. */
export async function* readDumpFile(path: string, name: string): AsyncGenerator<readonly TargetItem[]> {
  yield* readDumpStream(createReadStream(path), name);
}

export async function* readDumpStream(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<readonly TargetItem[]> {
  try {
    for await (const event of readDump(bytes, name)) {
      if (event.kind === "header") yield [{ kind: "gap", gap: SECRETS_UNREAD, file: name }];
      else if (event.kind === "object") yield [serverItem(event.value, name, event.provenance)];
      else if (event.kind === "gap") yield [{ kind: "gap", gap: event.gap, file: name }];
    }
  } catch (error) {
    if (!(error instanceof DumpError)) throw error;
    const reason = dumpErrorMessage(error);
    yield [{ kind: "gap", gap: { code: reason.id, what: name, reason }, file: name }];
  }
}

/** The header of a dump; `undefined` for any other file, and for a dump whose header cannot be read. */
export async function dumpHeader(path: string, name: string): Promise<DumpHeader | undefined> {
  return isDumpFile(path) ? headerOf(createReadStream(path), name) : undefined;
}

async function headerOf(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): Promise<DumpHeader | undefined> {
  try {
    for await (const event of readDump(Readable.from(bytes), name)) {
      return event.kind === "header" ? event.header : undefined;
    }
  } catch (error) {
    if (!(error instanceof DumpError)) throw error;
  }
  return undefined;
}

export interface Peeked {
  /** Of a dump. */
  readonly header: DumpHeader | undefined;
  /** Everything, from its beginning. */
  readonly bytes: AsyncIterable<Buffer>;
}

const LONGEST_HEADER_BYTES = 64 * 1024;

/** Looks whether a stream is a dump. Reads no further than the dump's first line, or what shows that it is none. */
export async function peekDump(stream: AsyncIterable<unknown>, name: string): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  let read = Buffer.alloc(0);
  let header: DumpHeader | undefined;
  while (header === undefined && read.length < LONGEST_HEADER_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    read = Buffer.concat([read, bufferOf(next.value)]);
    const text = isGzip(read) ? unzipped(read) : read.toString("utf8");
    if (text.length > SHORTEST_HEADER && !startsLikeDump(text)) break;
    const end = text.indexOf("\n");
    if (end !== -1 && startsLikeDump(text)) header = await headerOf([Buffer.from(text.slice(0, end + 1))], name);
  }
  return { header, bytes: startingWith(read, iterator) };
}

async function* startingWith(first: Buffer, rest: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield bufferOf(next.value);
}

function bufferOf(chunk: unknown): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

/** The headers of the TARGETs that are dumps. */
export async function dumpHeaders(targets: readonly string[], directory: string): Promise<readonly DumpHeader[]> {
  const headers: DumpHeader[] = [];
  for (const target of targets) {
    const header = target === "-" ? undefined : await dumpHeader(resolve(directory, target), target);
    if (header !== undefined) headers.push(header);
  }
  return headers;
}

function firstBytes(path: string): Uint8Array {
  const buffer = Buffer.alloc(FIRST_BYTES);
  const file = openSync(path, "r");
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, FIRST_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/** As much as the first bytes of gzip hold. */
function unzipped(first: Uint8Array): string {
  try {
    return gunzipSync(first, { finishFlush: constants.Z_SYNC_FLUSH }).toString("utf8");
  } catch {
    return "";
  }
}
