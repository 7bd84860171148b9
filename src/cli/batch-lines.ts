// The lines of a batch. Only a line feed ends one: a JSON text may hold every other line end (RFC 8259, U+2028).

import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

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
