// The bytes of an answer: unzipped, watched for stalls, and, for small answers, collected.

import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { apiError } from "./api-error.ts";

const UNZIPPED_CHUNK_BYTES = 128 * 1024;

/** The unzipped stream of an answer. Closing it early closes the connection. */
export function unzipped(body: Readable, encoding: string): Readable {
  if (encoding !== "gzip") return body;
  const gunzip = createGunzip({ chunkSize: UNZIPPED_CHUNK_BYTES });
  // Errors of either end destroy the other; who iterates `gunzip` meets them there.
  return pipeline(body, gunzip, () => {}) as Readable;
}

/** All bytes, as text. Throws `too-large` beyond the limit. */
export async function collectText(
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
  about: { readonly server: string; readonly path: string },
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limitBytes) throw apiError("too-large", { ...about, bytes: limitBytes });
  }
  return Buffer.concat(chunks).toString("utf8");
}
