// Writes a dump as chunks of bytes; whoever calls decides where they go.

import type { Readable } from "node:stream";
import { Readable as ReadableStream } from "node:stream";
import { createGzip } from "node:zlib";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { attachManagedFields } from "../api/managed-fields.ts";
import { END_SCHEMA, GAP_SCHEMA, HEADER_SCHEMA, type DumpGap, type DumpHeader } from "./dump-format.ts";
import { withoutSecretValues } from "./secret-values.ts";

export type DumpEntry =
  /** `managedFields` as the provenance of a server's object has them. */
  | { readonly kind: "object"; readonly object: KubernetesObject; readonly managedFields?: string | undefined }
  | { readonly kind: "gap"; readonly gap: DumpGap };

const CHUNK_CHARACTERS = 64 * 1024;

/** The lines of a dump, several to a chunk. No value of a Secret is in them. Memory: one chunk. */
export async function* dumpText(
  header: DumpHeader,
  entries: AsyncIterable<DumpEntry> | Iterable<DumpEntry>,
): AsyncGenerator<string, void> {
  let text = line({ schema: HEADER_SCHEMA, ...header });
  let objects = 0;
  let gaps = 0;
  for await (const entry of entries) {
    if (entry.kind === "object") {
      objects++;
      text += line(attachManagedFields(withoutSecretValues(entry.object), entry.managedFields));
    } else {
      gaps++;
      text += line({ schema: GAP_SCHEMA, ...entry.gap });
    }
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield text + line({ schema: END_SCHEMA, objects, gaps });
}

/** The same, gzipped. Errors of the entries are thrown to who reads. */
export function gzippedDump(text: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const source: Readable = ReadableStream.from(text, { objectMode: true });
  const gzip = createGzip();
  source.on("error", (error) => gzip.destroy(error));
  gzip.on("close", () => source.destroy());
  return source.pipe(gzip);
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
