// Cuts a YAML stream into documents at `---` lines, as bytes, before anything is parsed
// (k8s.io/apimachinery/pkg/util/yaml splits at the same lines). Large `kind: List` documents are cut into their items.

import { countByte, decodeText } from "./decode-text.ts";
import { LARGEST_DOCUMENT_BYTES, type SplitPart } from "./source-document.ts";
import { splitYamlList } from "./split-yaml-list.ts";

const LINE_FEED = 10;
const MARKER = Buffer.from("\n---");
const LIST_WORTH_SPLITTING_BYTES = 256 * 1024;

/** Yields each document that holds more than comments. Memory is bounded by twice the largest document. */
export async function* splitYaml(
  file: string,
  chunks: AsyncIterable<Buffer>,
  firstLine = 1,
): AsyncGenerator<SplitPart> {
  let buffer: Buffer = Buffer.alloc(0);
  let length = 0;
  let searchFrom = 0;
  let line = firstLine;
  for await (const chunk of chunks) {
    if (length === 0) buffer = chunk;
    else {
      if (buffer.length < length + chunk.length) buffer = grown(buffer, length, chunk.length);
      chunk.copy(buffer, length);
    }
    length += chunk.length;
    const bytes = buffer.subarray(0, length);
    let start = 0;
    for (let at = nextMarker(bytes, searchFrom); at !== -1; at = nextMarker(bytes, start)) {
      const document = bytes.subarray(start, at + 1);
      yield* documentParts(file, document, line);
      line += countByte(document, LINE_FEED);
      start = at + 1;
    }
    // A marker may straddle two chunks, and what follows its dashes decides.
    searchFrom = Math.max(0, length - start - MARKER.length);
    if (start > 0) buffer = Buffer.from(bytes.subarray(start)); // a copy: what was yielded may still be read
    length -= start;
  }
  if (length > 0) yield* documentParts(file, buffer.subarray(0, length), line);
}

/** A copy with room for more, at least doubled, so that a large document is not copied once per chunk. */
function grown(buffer: Buffer, length: number, more: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(2 * buffer.length, length + more));
  buffer.copy(larger, 0, 0, length);
  return larger;
}

/** Offset of the line feed before the next `---` that is a document marker: followed by blank or end of line. */
function nextMarker(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(MARKER, from); at !== -1; at = buffer.indexOf(MARKER, at + 1)) {
    const after = buffer[at + MARKER.length];
    if (after === undefined) return -1;
    if (after === 32 || after === 9 || after === 10 || after === 13) return at;
  }
  return -1;
}

function* documentParts(file: string, bytes: Buffer, firstLine: number): Generator<SplitPart> {
  if (!hasContent(bytes)) return;
  if (bytes.length > LIST_WORTH_SPLITTING_BYTES) {
    const items = splitYamlList(file, bytes, firstLine);
    if (items !== undefined) {
      yield* items;
      return;
    }
  }
  if (bytes.length > LARGEST_DOCUMENT_BYTES) {
    const position = { file, line: firstLine, column: 1 };
    const reason = { id: "document-too-large", arguments: { mebibytes: Math.ceil(bytes.length / 2 ** 20) } };
    yield { kind: "gap", gap: { code: "document-too-large", what: file, reason, position } };
    return;
  }
  const decoded = decodeText(bytes, file, firstLine);
  if (!decoded.ok) yield { kind: "gap", gap: decoded.gap };
  else yield { kind: "document", file, format: "yaml", text: decoded.text, firstLine, firstColumn: 1 };
}

/** Whether there is anything but blanks, comments, markers and a byte order mark. */
function hasContent(bytes: Buffer): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (
      byte === 0x23 ||
      (byte === 0x2d && bytes.subarray(at, at + 3).equals(MARKER.subarray(1)) && isBlank(bytes[at + 3]))
    ) {
      if (byte === 0x2d) at += 3;
      else at = endOfLine(bytes, at);
    } else if (isBlank(byte)) at++;
    else return true;
  }
  return false;
}

function isBlank(byte: number | undefined): boolean {
  return byte === undefined || byte === 32 || byte === 9 || byte === 10 || byte === 13;
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(LINE_FEED, from);
  return end === -1 ? bytes.length : end;
}
