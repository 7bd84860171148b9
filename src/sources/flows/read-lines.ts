// Lines of a log of any size in flat memory: gzip told by its first bytes, lines numbered, text checked.

import { isAscii, isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 1024 * 1024;
/** Longer lines are passed over. */
export const LONGEST_LINE_BYTES = 8 * 1024 * 1024;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export interface LineSink {
  /** A line without its end; numbers begin with 1. The text may be a slice: what is kept must be copied. */
  readonly line: (text: string, number: number) => void;
  readonly unreadable: (code: "invalid-utf8" | "line-too-long", number: number) => void;
}

/** The bytes of a file. Throws what the system says. */
export function openLog(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: CHUNK_BYTES });
}

/** A stream as it is, or what it holds where it begins as gzip does. Throws what zlib says. */
export async function* unzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (first.done !== true && first.value.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    first = { done: false, value: Buffer.concat([first.value, next.value]) };
  }
  if (first.done === true) return;
  const all = startingWith(first.value, iterator);
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) yield* all;
  else yield* gunzipped(all);
}

/** Errors of the input reach the reader through the unzipping stream. */
async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const zipped = Readable.from(chunks, { objectMode: false });
  const plain = createGunzip({ chunkSize: CHUNK_BYTES });
  zipped.on("error", (error) => plain.destroy(error));
  try {
    for await (const chunk of zipped.pipe(plain)) yield chunk as Buffer; // zlib streams yield buffers
  } finally {
    zipped.destroy();
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Hands every line to the sink; a last line without end counts too. At most one long line is held. */
export async function readLines(chunks: AsyncIterable<Buffer>, sink: LineSink): Promise<void> {
  let number = 1;
  let parts: Buffer[] = [];
  let held = 0;
  let isSkipping = false;
  const flush = (bytes: Buffer): void => {
    number = linesOf(bytes, number, sink);
  };
  for await (const chunk of chunks) {
    let rest = chunk;
    const first = rest.indexOf(LINE_FEED);
    if (first === -1) {
      if (isSkipping) continue;
      parts.push(rest);
      held += rest.length;
      if (held <= LONGEST_LINE_BYTES) continue;
      sink.unreadable("line-too-long", number);
      [parts, held, isSkipping] = [[], 0, true];
      continue;
    }
    if (isSkipping) {
      [rest, isSkipping] = [rest.subarray(first + 1), false];
      number++;
    } else if (held > 0) {
      flush(Buffer.concat([...parts, rest.subarray(0, first + 1)]));
      rest = rest.subarray(first + 1);
    }
    const end = rest.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) flush(rest.subarray(0, end));
    const left = rest.subarray(end);
    [parts, held] = left.length > 0 ? [[left], left.length] : [[], 0];
  }
  if (held > 0) flush(Buffer.concat(parts));
}

/** Lines of bytes that end with a line end, or with the log. Returns the number of the next line. */
function linesOf(bytes: Buffer, firstNumber: number, sink: LineSink): number {
  if (isAscii(bytes)) return linesOfText(bytes.toString("latin1"), firstNumber, sink);
  if (isUtf8(bytes)) return linesOfText(bytes.toString("utf8"), firstNumber, sink);
  let number = firstNumber;
  for (let start = 0; start < bytes.length; number++) {
    const at = bytes.indexOf(LINE_FEED, start);
    const end = at === -1 ? bytes.length : at;
    const line = bytes.subarray(start, end);
    if (isUtf8(line)) linesOfText(line.toString("utf8"), number, sink);
    else sink.unreadable("invalid-utf8", number);
    start = end + 1;
  }
  return number;
}

function linesOfText(text: string, firstNumber: number, sink: LineSink): number {
  let number = firstNumber;
  for (let start = 0; start < text.length; number++) {
    const at = text.indexOf("\n", start);
    const end = at === -1 ? text.length : at;
    const isReturned = end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN;
    sink.line(text.slice(start, isReturned ? end - 1 : end), number);
    start = end + 1;
  }
  return number;
}
