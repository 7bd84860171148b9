// An audit log as lines, whatever holds it: a plain file, a gzipped one (known by its first bytes), standard input.
// One byte a character: positions are byte positions, and the text is as small as the file.

import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 1 << 20;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Called with a line without its line feed. The last one is incomplete when the file does not end in a line feed. */
export type TakeLine = (text: string, start: number, end: number, isLast: boolean) => void;

export interface LinesRead {
  readonly bytes: number;
  /** Why reading ended early: a gzip that stops in the middle, a disk error. What came before was taken. */
  readonly failure?: string;
}

/** Reads a file to its end. Never throws for what is in it. */
export async function readAuditFile(path: string, take: TakeLine, signal: AbortSignal): Promise<LinesRead> {
  return readAuditStream(createReadStream(path, { highWaterMark: CHUNK_BYTES }), take, signal);
}

/** Reads a stream to its end. */
export async function readAuditStream(stream: Readable, take: TakeLine, signal: AbortSignal): Promise<LinesRead> {
  let carry = "";
  let bytes = 0;
  try {
    for await (const chunk of inflated(stream)) {
      signal.throwIfAborted();
      bytes += chunk.length;
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
    return { bytes, failure: error instanceof Error ? error.message : String(error) };
  }
  if (carry !== "") take(carry, 0, carry.length, true);
  return { bytes };
}

/** Hands out the whole lines and returns what is left over. */
function takeLines(text: string, from: number, take: TakeLine): string {
  let start = from;
  for (;;) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    if (end > start) take(text, start, end, false);
    start = end + 1;
  }
  // A copy: a slice would keep the whole chunk.
  return start === 0 ? text : Buffer.from(text.slice(start), "latin1").toString("latin1");
}

async function* inflated(stream: Readable): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const head = first.value as Buffer; // streams of bytes
  const all = (async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks } as AsyncIterable<Buffer>; // as above
  })();
  if (head[0] !== GZIP_MAGIC[0] || head[1] !== GZIP_MAGIC[1]) {
    yield* all;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const { pipeline, Readable: NodeReadable } = await import("node:stream");
  pipeline(NodeReadable.from(all, { objectMode: false }), gunzip, () => {}); // its error is that of the iteration
  yield* gunzip as AsyncIterable<Buffer>; // as above
}
