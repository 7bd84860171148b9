// An audit log as lines, whatever holds it: a plain file, a gzipped one (known by its first bytes), standard input.
// One byte a character: positions are byte positions, and the text is as small as the file.

import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { foreignEncoding, type ForeignEncoding } from "./foreign-encoding.ts";
import { gzipMembers, isGzip, type GzipFault } from "./gzip-members.ts";

const CHUNK_BYTES = 1 << 20;
/** So many bytes tell what a file is. */
const LONGEST_MARK = 8;

/** Called with a line without its line feed. The last one is incomplete when the file does not end in a line feed. */
export type TakeLine = (text: string, start: number, end: number, isLast: boolean) => void;

export interface LinesRead {
  readonly bytes: number;
  /** Why the rest was not read. What came before was taken. */
  readonly failure?: ReadFailure;
}

export type ReadFailure =
  | GzipFault
  | { readonly kind: "encoding"; readonly encoding: ForeignEncoding }
  | { /** A disk error, or a file that is gone. */ readonly kind: "unreadable"; readonly detail: string };

/** Reads a file to its end. Never throws for what is in it. */
export async function readAuditFile(path: string, take: TakeLine, signal: AbortSignal): Promise<LinesRead> {
  return readAuditStream(createReadStream(path, { highWaterMark: CHUNK_BYTES }), take, signal);
}

/** Reads a stream to its end. */
export async function readAuditStream(stream: Readable, take: TakeLine, signal: AbortSignal): Promise<LinesRead> {
  let carry = "";
  let bytes = 0;
  let failure: ReadFailure | undefined;
  try {
    const plain = plainBytes(stream);
    for (;;) {
      const next = await plain.next();
      if (next.done === true) {
        failure = next.value;
        break;
      }
      signal.throwIfAborted();
      const chunk = next.value;
      const encoding = bytes === 0 ? foreignEncoding(chunk) : undefined;
      bytes += chunk.length;
      if (encoding !== undefined) {
        stream.destroy();
        return { bytes, failure: { kind: "encoding", encoding } };
      }
      const text = chunk.toString("latin1");
      const firstEnd = carry === "" ? 0 : text.indexOf("\n") + 1;
      if (carry !== "" && firstEnd === 0) {
        carry += text;
        continue;
      }
      // The line over two chunks is put together alone: joining the chunks would copy everything once more.
      const first = firstEnd === 0 ? "" : carry + text.slice(0, firstEnd - 1);
      if (first !== "") take(first, 0, first.length, false);
      carry = takeLines(text, firstEnd, take);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    failure = { kind: "unreadable", detail: error instanceof Error ? error.message : String(error) };
  }
  if (carry !== "") take(carry, 0, carry.length, true);
  return failure === undefined ? { bytes } : { bytes, failure };
}

/** Hands out the whole lines and returns what is left over. */
function takeLines(text: string, from: number, take: TakeLine): string {
  let start = from;
  for (;;) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    take(text, start, end, false);
    start = end + 1;
  }
  // A copy: a slice would keep the whole chunk.
  return start === 0 ? text : Buffer.from(text.slice(start), "latin1").toString("latin1");
}

async function* plainBytes(stream: Readable): AsyncGenerator<Buffer, ReadFailure | undefined> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>; // a stream of bytes
  let head: Buffer = Buffer.alloc(0);
  while (head.length < LONGEST_MARK) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]); // a pipe may give byte after byte
  }
  if (head.length === 0) return undefined;
  if (isGzip(head)) return yield* gzipMembers(startingWith(head, chunks));
  yield head;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  return undefined;
}

async function* startingWith(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}
