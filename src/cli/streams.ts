// What a command may touch of the process: handed in, so that tests and other programs can give their own.

import type { Readable, Writable } from "node:stream";

export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start: the user's folder, also under npm. */
  readonly directory: string;
  /** Aborted on an interrupt. */
  readonly signal: AbortSignal;
}

const LARGEST_BATCH = 64 * 1024;

/** Writes chunks in batches, waiting whenever the reader is slower. Resolves when all is handed over. */
export async function writeChunks(stream: Writable, chunks: Iterable<string>): Promise<void> {
  let batch = "";
  for (const chunk of chunks) {
    batch += chunk;
    if (batch.length < LARGEST_BATCH) continue;
    await write(stream, batch);
    batch = "";
  }
  if (batch !== "") await write(stream, batch);
}

/** A closed pipe (`| head`) ends the writing without an error. */
async function write(stream: Writable, text: string): Promise<void> {
  if (stream.destroyed) return;
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error == null || (error as NodeJS.ErrnoException).code === "EPIPE") resolve(); // Node's stream errors carry a code
      else reject(error);
    });
  });
}
