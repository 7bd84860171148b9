// Where each field and list element of a plain YAML document stands: two numbers each, so that findings are located
// without reading the text again.

import type { Locator } from "../../cluster/resource.ts";
import type { PathSegment } from "../../kubernetes/path.ts";
import { isColonAt } from "./plain-yaml-scan.ts";
import type { SourceDocument } from "./source-document.ts";

/** Offsets take 20 bits of an entry, lines 12. */
export const LARGEST_INDEXED_TEXT: number = 2 ** 20 - 1;
const LINE_BITS = 12;
export const MOST_INDEXED_LINES: number = 2 ** LINE_BITS;
const WORDS = 2;
const SLAB_WORDS = 2 ** 16;

/**
 * Entries of one document in the order of the text, `WORDS` each: offset and line; then the index of the entry after
 * all that is inside, and whether it is an element. Documents share slabs: one after the other fills them.
 */
export interface PlainIndex {
  readonly words: Uint32Array;
  readonly first: number;
  readonly count: number;
}

let slab = new Uint32Array(SLAB_WORDS);
let used = 0;

/** Collects the entries of one document at a time. */
export interface IndexWriter {
  first: number;
  count: number;
}

export function startIndex(): IndexWriter {
  return { first: used, count: 0 };
}

/** Opens an entry and returns its number. An element without text (`-`) has the offset 0. */
export function openEntry(writer: IndexWriter, offset: number, line: number, isElement: 0 | 1): number {
  const at = writer.first + writer.count * WORDS;
  if (at + WORDS > slab.length) moveToNewSlab(writer);
  const entry = writer.count++;
  const place = writer.first + entry * WORDS;
  slab[place] = offset * MOST_INDEXED_LINES + line;
  slab[place + 1] = isElement;
  return entry;
}

/** What was opened since is inside of the entry. */
export function closeEntry(writer: IndexWriter, entry: number): void {
  const place = writer.first + entry * WORDS + 1;
  slab[place] = writer.count * 2 + ((slab[place] ?? 0) & 1);
}

/** An element's text begins where its value does, which may be known only after it was opened. */
export function moveEntry(writer: IndexWriter, entry: number, offset: number, line: number): void {
  slab[writer.first + entry * WORDS] = offset * MOST_INDEXED_LINES + line;
}

export function finishIndex({ first, count }: IndexWriter): PlainIndex {
  used = first + count * WORDS;
  return { words: slab, first, count };
}

function moveToNewSlab(writer: IndexWriter): void {
  const entries = slab.subarray(writer.first, writer.first + writer.count * WORDS);
  slab = new Uint32Array(Math.max(SLAB_WORDS, entries.length * 2));
  slab.set(entries);
  writer.first = 0;
  used = 0;
}

/** Like the locator of the whole parser: a field's position is that of its key. */
export function createPlainLocator(document: SourceDocument, index: PlainIndex): Locator {
  const { file, firstLine, firstColumn, text } = document;
  return (path) => {
    const place = placeOf(text, index, path);
    const offset = place >>> LINE_BITS;
    const line = place & (MOST_INDEXED_LINES - 1);
    const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
    const column = offset - lineStart + (line === 0 ? firstColumn : 1);
    return { file, line: firstLine + line, column };
  };
}

/** Offset and line of what the path names, or of the nearest that is around it. */
function placeOf(text: string, { words, first, count }: PlainIndex, path: readonly PathSegment[]): number {
  let place = words[first] ?? 0;
  let entry = 0;
  let end = count;
  for (const segment of path) {
    const found = childOf(text, words, first, entry, end, segment);
    if (found === -1) break;
    const own = words[first + found * WORDS] ?? 0;
    if (own >= MOST_INDEXED_LINES || found === 0) place = own;
    entry = found + 1;
    end = (words[first + found * WORDS + 1] ?? 0) >>> 1;
  }
  return place;
}

function childOf(
  text: string,
  words: Uint32Array,
  first: number,
  from: number,
  end: number,
  segment: PathSegment,
): number {
  if (from >= end) return -1;
  const isList = ((words[first + from * WORDS + 1] ?? 0) & 1) === 1;
  if (isList && typeof segment !== "number") return -1;
  const key = String(segment);
  let position = 0;
  for (let entry = from; entry < end; position++) {
    const word = first + entry * WORDS;
    if (isList) {
      if (position === segment) return entry;
    } else {
      const offset = (words[word] ?? 0) >>> LINE_BITS;
      if (isKeyAt(text, offset, key)) return entry;
    }
    entry = (words[word + 1] ?? 0) >>> 1;
  }
  return -1;
}

/** A key ends at the first colon with a blank behind it: `a:b` is not the key `a`. */
function isKeyAt(text: string, offset: number, key: string): boolean {
  const end = offset + key.length;
  return isColonAt(text, end) && text.startsWith(key, offset);
}
