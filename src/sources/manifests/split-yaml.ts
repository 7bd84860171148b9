// Cuts a YAML stream into documents at `---` lines, as bytes, before anything is parsed
// (k8s.io/apimachinery/pkg/util/yaml splits at the same lines). Large `kind: List` documents are cut into their items.

import { countByte, decodeText } from "./decode-text.ts";
import { LARGEST_DOCUMENT_BYTES, type SplitPart } from "./source-document.ts";
import { splitYamlList } from "./split-yaml-list.ts";

const LINE_FEED = 10;
const MARKER = Buffer.from("\n---");
const LIST_WORTH_SPLITTING_BYTES = 256 * 1024;

/** Yields each document that holds more than comments. Memory is bounded by the largest document. */
export async function* splitYaml(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<SplitPart> {
  let pieces: Buffer[] = [];
  let line = 1;
  let searched = 0;
  for await (const chunk of chunks) {
    // The marker may straddle two chunks: join what may still matter, once per chunk that ends a document.
    pieces.push(chunk);
    const joined = joinTail(pieces, searched);
    if (joined.indexOf(MARKER) === -1) {
      searched = totalLength(pieces) - MARKER.length - 1;
      continue;
    }
    const buffer = pieces.length === 1 ? chunk : Buffer.concat(pieces);
    let start = 0;
    for (let at = nextMarker(buffer, 0); at !== -1; at = nextMarker(buffer, start + 1)) {
      if (at + MARKER.length >= buffer.length) break; // what follows the dashes decides; wait for the next chunk
      const bytes = buffer.subarray(start, at + 1);
      yield* documentParts(file, bytes, line);
      line += countByte(bytes, LINE_FEED);
      start = at + 1;
    }
    pieces = [buffer.subarray(start)];
    searched = 0;
  }
  const rest = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  if (rest !== undefined) yield* documentParts(file, rest, line);
}

function totalLength(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function joinTail(pieces: readonly Buffer[], searched: number): Buffer {
  const last = pieces.at(-1) ?? Buffer.alloc(0);
  if (pieces.length < 2) return last;
  const before = pieces.at(-2) ?? Buffer.alloc(0);
  return searched === 0 ? Buffer.concat(pieces) : Buffer.concat([before.subarray(-MARKER.length), last]);
}

/** Offset of the line feed before the next `---` that is a document marker: followed by blank or end of line. */
function nextMarker(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(MARKER, from); at !== -1; at = buffer.indexOf(MARKER, at + 1)) {
    const after = buffer[at + MARKER.length];
    if (after === undefined || after === 32 || after === 9 || after === 10 || after === 13) return at;
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
