// The lines of a dump from its bytes: unzipped where it is gzipped, split at newlines, decoded line by line.

import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DumpError } from "./dump-error.ts";

const NEWLINE = 0x0a;
const GZIP_MAGIC = [0x1f, 0x8b] as const;
/** No object of a cluster comes near (etcd takes 1.5 MiB). */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;

export interface DumpLine {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
  /** The file ends without a newline behind it. */
  readonly isCut: boolean;
}

/** Throws `truncated` or `damaged` for gzip that is cut or wrong. Memory: one line and one chunk. */
export async function* dumpLines(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<DumpLine, void> {
  let number = 1;
  let parts: Buffer[] = [];
  let partBytes = 0;
  try {
    for await (const chunk of await plain(bytes)) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        parts.push(chunk.subarray(from, at));
        yield { number: number++, text: Buffer.concat(parts).toString("utf8"), isCut: false };
        parts = [];
        partBytes = 0;
        from = at + 1;
      }
      parts.push(Buffer.from(chunk.subarray(from)));
      partBytes += chunk.length - from;
      if (partBytes > LONGEST_LINE_BYTES)
        throw new DumpError("damaged", { file, line: number, detail: "line too long" });
    }
  } catch (error) {
    throw unzipFailure(error, file, number);
  }
  const rest = Buffer.concat(parts).toString("utf8");
  if (rest !== "") yield { number, text: rest, isCut: true };
}

/** Whether these first bytes are gzip. */
export function isGzip(first: Uint8Array): boolean {
  return first[0] === GZIP_MAGIC[0] && first[1] === GZIP_MAGIC[1];
}

async function plain(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Buffer>> {
  const iterator = bytes[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < GZIP_MAGIC.length) {
    const next = await iterator.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  const all = startingWith(first, iterator);
  if (!isGzip(first)) return all;
  const gunzip = createGunzip();
  const source = Readable.from(all, { objectMode: false });
  source.on("error", (error) => gunzip.destroy(error));
  gunzip.on("close", () => source.destroy());
  return source.pipe(gunzip);
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer, void> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
  } finally {
    await rest.return?.();
  }
}

function unzipFailure(error: unknown, file: string, line: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR") return new DumpError("truncated", { file, line: line - 1 });
  if (typeof code !== "string" || !code.startsWith("Z_")) return error;
  return new DumpError("damaged", { file, line, detail: "not gzip" });
}
