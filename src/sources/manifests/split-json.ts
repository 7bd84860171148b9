// Cuts a stream of JSON values (one, several, one a line) into objects, and a `kind: List` into its items, by bytes.
// Memory is bounded by the largest object.

import { startingWith } from "./chunks.ts";
import { decodeText } from "./decode-text.ts";
import { scanJson, shiftJsonScan, startJsonScan, type JsonSpan } from "./scan-json.ts";
import { splitYaml } from "./split-yaml.ts";
import { LARGEST_DOCUMENT_BYTES, type SourceDocument, type SplitPart } from "./source-document.ts";

/**
 * Yields each object with the position of its first character. Text that is no JSON value is yielded as it stands. From a
 * `---` line between values on it is YAML, as kubectl reads it.
 */
export async function* splitJson(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<SplitPart> {
  const scan = startJsonScan();
  let carry: Buffer = Buffer.alloc(0);
  let envelope = "";
  const iterator = chunks[Symbol.asyncIterator]();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    const chunk = next.value;
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    for (const span of scanJson(bytes, carry.length, scan)) {
      if (span.kind === "envelope") {
        const isEnd = envelope !== "";
        envelope += bytes.toString("latin1", span.start, span.end);
        if (!isEnd) continue;
        yield* truncationOf(file, envelope, span);
        envelope = "";
      } else
        yield* objectParts(
          file,
          bytes.subarray(span.start, span.end),
          span,
          span.kind === "item" ? listOf(envelope) : undefined,
        );
    }
    if (scan.yamlAt !== -1) {
      yield* splitYaml(file, startingWith(bytes.subarray(scan.yamlAt), iterator), scan.line);
      return;
    }
    const keepFrom = scan.start === -1 ? bytes.length : scan.start;
    shiftJsonScan(bytes, keepFrom, scan);
    carry = bytes.subarray(keepFrom);
  }
  if (scan.start !== -1 && scan.depth === 0) {
    yield* objectParts(file, carry, { line: scan.startLine, column: scan.startColumn, keys: scan.keys }, undefined);
  } else if (scan.depth > 0) {
    const position = {
      file,
      line: scan.start === -1 ? scan.line : scan.startLine,
      column: scan.start === -1 ? 1 : scan.startColumn,
    };
    yield { kind: "gap", gap: { code: "json-truncated", what: file, reason: { id: "json-truncated" }, position } };
  }
}

type Place = Pick<JsonSpan, "line" | "column" | "keys">;

function* objectParts(
  file: string,
  bytes: Buffer,
  { line, column, keys }: Place,
  list: SourceDocument["list"],
): Generator<SplitPart> {
  if (bytes.length > LARGEST_DOCUMENT_BYTES) {
    const reason = { id: "document-too-large", arguments: { mebibytes: Math.ceil(bytes.length / 2 ** 20) } };
    yield { kind: "gap", gap: { code: "document-too-large", what: file, reason, position: { file, line, column } } };
    return;
  }
  const decoded = decodeText(bytes, file, line);
  if (!decoded.ok) yield { kind: "gap", gap: decoded.gap };
  else
    yield {
      kind: "document",
      file,
      format: "json",
      text: decoded.text,
      firstLine: line,
      firstColumn: column,
      keys,
      ...(list && { list }),
    };
}

const KIND = /"kind"\s*:\s*"(\w+List)"/;
const API_VERSION = /"apiVersion"\s*:\s*"([\w./-]+)"/;
const CONTINUE = /"continue"\s*:\s*"[^"]/;

function listOf(envelope: string): SourceDocument["list"] {
  const kind = KIND.exec(envelope)?.[1];
  return kind === undefined ? undefined : { apiVersion: API_VERSION.exec(envelope)?.[1] ?? "v1", kind };
}

/** A list saved with a `continue` token is one page of several: the rest was never in the file. */
function* truncationOf(file: string, envelope: string, { line, column }: Place): Generator<SplitPart> {
  if (!CONTINUE.test(envelope)) return;
  const gap = {
    code: "list-is-one-page",
    what: file,
    reason: { id: "list-is-one-page" },
    position: { file, line, column },
  };
  yield { kind: "gap", gap };
}
