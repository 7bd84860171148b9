// The source for files, directories and standard input: bytes in, values with locators out, one document at a time.

import { open } from "node:fs/promises";
import { extname } from "node:path";
import type { Gap } from "../../verdicts/gap.ts";
import { startingWith } from "./chunks.ts";
import { readDocument, type ReadValue } from "./read-document.ts";
import { splitJson } from "./split-json.ts";
import { splitYaml } from "./split-yaml.ts";
import type { SplitPart } from "./source-document.ts";

const CHUNK_BYTES = 1024 * 1024;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** A value read, with the name of its file; or what could not be read. */
export type SourceItem = ReadValue & { readonly file: string };

/** Every value of a file, in order. A file that cannot be opened or read is a gap. */
export async function* readManifestFile(path: string, name: string): AsyncGenerator<readonly SourceItem[]> {
  try {
    yield* readManifestStream(fileChunks(path), name, extname(path));
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    yield [{ kind: "gap", file: name, gap: unreadable(name, error.message) }];
  }
}

/** Every value of a byte stream; its format is told by the extension, else by the first byte. Yields once per document. */
export async function* readManifestStream(
  chunks: AsyncIterable<Buffer>,
  name: string,
  extension: string,
): AsyncGenerator<readonly SourceItem[]> {
  for await (const part of split(chunks, name, extension)) {
    if (part.kind === "gap") yield [{ ...part, file: name }];
    else yield readDocument(part).map((value) => ({ ...value, file: name }));
  }
}

async function* split(chunks: AsyncIterable<Buffer>, name: string, extension: string): AsyncGenerator<SplitPart> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const all = startingWith(first.value, iterator);
  const isJson = extension === ".json" || extension === ".ndjson" || looksLikeJson(first.value);
  yield* isJson ? splitJson(name, all) : splitYaml(name, all);
}

/** A brace or bracket first, but not the two braces of an unrendered template. */
function looksLikeJson(bytes: Buffer): boolean {
  let at = bytes[0] === 0xef ? 3 : 0;
  while (at < bytes.length && (bytes[at] ?? 0) <= 32) at++;
  return bytes[at] === OPEN_BRACKET || (bytes[at] === OPEN_BRACE && bytes[at + 1] !== OPEN_BRACE);
}

async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    while (true) {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function unreadable(name: string, detail: string): Gap {
  const reason = { id: "unreadable", arguments: { detail } };
  return { code: "unreadable", what: name, reason, position: { file: name, line: 1, column: 1 } };
}
