// Cuts a block-style `kind: List` into its items. Inside a block sequence a line that starts with the items' own
// indentation and a dash always begins the next item (YAML 1.2.2 §8.2.1: everything of an item is indented more).

import { countByte, decodeText } from "./decode-text.ts";
import type { SplitPart } from "./source-document.ts";

const LINE_FEED = 10;
const HEADER = /^(?:[^\n]*\n)*?items:[ \t]*(?:#[^\n]*)?\r?\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)( *)- /;
const KIND = /^kind:[ \t]*["']?(\w*List)["']?[ \t\r]*(?:#.*)?$/m;
const API_VERSION = /^apiVersion:[ \t]*["']?([\w./-]+)["']?[ \t\r]*(?:#.*)?$/m;
const LONGEST_HEADER_BYTES = 64 * 1024;

/** The items as documents, or `undefined` when the document is no List in block style (or shares anchors between items). */
export function splitYamlList(file: string, bytes: Buffer, firstLine: number): Iterable<SplitPart> | undefined {
  const header = HEADER.exec(bytes.toString("latin1", 0, Math.min(bytes.length, LONGEST_HEADER_BYTES)));
  if (header === null) return undefined;
  const indent = header[2]?.length ?? 0;
  const start = header[0].length - indent - 2;
  const end = endOfItems(bytes, start, indent);
  const envelope = `${bytes.toString("latin1", 0, start)}\n${bytes.toString("latin1", end)}`;
  const kind = KIND.exec(envelope)?.[1];
  if (kind === undefined) return undefined;
  const list = { apiVersion: API_VERSION.exec(envelope)?.[1] ?? "v1", kind };
  return itemParts(file, bytes, { start, end, indent }, firstLine, list);
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
}

/** Offset of the first line after the items: less indented, or not a dash at their indentation. */
function endOfItems(bytes: Buffer, start: number, indent: number): number {
  for (let line = start; line < bytes.length;) {
    const next = bytes.indexOf(LINE_FEED, line);
    const after = next === -1 ? bytes.length : next + 1;
    const depth = indentOf(bytes, line);
    const first = bytes[line + depth];
    const isBlankLine = first === undefined || first === LINE_FEED || first === 13 || first === 0x23;
    if (!isBlankLine && (depth < indent || (depth === indent && first !== 0x2d))) return line;
    line = after;
  }
  return bytes.length;
}

function indentOf(bytes: Buffer, line: number): number {
  let depth = 0;
  while (bytes[line + depth] === 32) depth++;
  return depth;
}

function* itemParts(
  file: string,
  bytes: Buffer,
  range: Range,
  firstLine: number,
  list: { apiVersion: string; kind: string },
): Generator<SplitPart> {
  const dash = Buffer.from(`\n${" ".repeat(range.indent)}- `);
  let start = range.start;
  let line = firstLine + countByte(bytes.subarray(0, start), LINE_FEED);
  while (start < range.end) {
    const next = bytes.indexOf(dash, start);
    const end = next === -1 || next >= range.end ? range.end : next + 1;
    const item = bytes.subarray(start, end);
    const decoded = decodeText(item, file, line);
    if (!decoded.ok) yield { kind: "gap", gap: decoded.gap };
    else {
      // The dash becomes a blank: the item's mapping keeps its columns.
      const text = decoded.text.slice(0, range.indent) + " " + decoded.text.slice(range.indent + 1);
      yield { kind: "document", file, format: "yaml", text, firstLine: line, firstColumn: 1, list };
    }
    line += countByte(item, LINE_FEED);
    start = end;
  }
}
