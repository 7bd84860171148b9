// The lines of a batch. Only a line feed ends one: a JSON text may hold every other line end (RFC 8259, U+2028).

import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Streams } from "./streams.ts";
import { isSystemError } from "./system-error.ts";
import { UsageError } from "./usage-error.ts";

export interface BatchLine {
  /** Without white space around it, never empty. */
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
}

/**
 * The lines of a file, or of standard input (`-`), that are not blank, as many at once as arrive together. Ends early when
 * nobody `isHeard` to listen any more: `| head` has read enough.
 */
export async function* readBatch(
  file: string,
  { stdin, directory }: Streams,
  isHeard: () => boolean,
): AsyncGenerator<readonly BatchLine[]> {
  let line = 0;
  try {
    for await (const texts of batchLines(file === "-" ? stdin : createReadStream(resolve(directory, file)))) {
      if (!isHeard()) return;
      const lines = texts.map((text) => ({ text: text.trim(), line: ++line })); // a byte order mark is white space, too
      yield lines.filter(({ text }) => text !== "");
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError("error.unreadable", { value: file, detail: error.message });
  }
}

/** Whether standard output takes more: process.stdout is never destroyed, and says it by an error only. */
export function watchReader({ stdout }: Streams): () => boolean {
  let isClosed = false;
  stdout.once("error", () => (isClosed = true));
  return () => !isClosed;
}

/** A value of JSON; nothing where it cannot be written again, being nested too deep. */
export function parsedLine(text: string): { readonly value: unknown } | { readonly problem: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (text.length > PLAIN_LENGTH) JSON.stringify(value);
    return { value };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Shorter lines cannot be nested that deep. */
const PLAIN_LENGTH = 2000;

/** Lines without their ends, as many at once as arrive together; the last may lack an end. Memory: a line and a chunk. */
export async function* batchLines(stream: Readable): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder("utf8");
  let begun: string[] = [];
  for await (const chunk of stream) {
    const text = decoder.write(chunk as Buffer | string); // what a readable stream of bytes or text yields
    const end = text.lastIndexOf("\n");
    if (end === -1) {
      begun.push(text);
      continue;
    }
    const lines = `${begun.join("")}${text.slice(0, end)}`.split("\n");
    begun = [text.slice(end + 1)];
    yield lines;
  }
  const rest = `${begun.join("")}${decoder.end()}`;
  if (rest !== "") yield [rest];
}
