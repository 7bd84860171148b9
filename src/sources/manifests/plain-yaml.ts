// Block YAML as kubectl, Helm and most people write it, read in one pass: nested mappings and lists, one scalar a line.
// Whatever else YAML has (anchors, tags, flow, block scalars, escapes, …) and every mistake is left to the whole parser:
// a text is read here exactly as that one reads it, or not at all.

import { ownCopy } from "../../kubernetes/own-copy.ts";
import {
  closeEntry,
  finishIndex,
  LARGEST_INDEXED_TEXT,
  MOST_INDEXED_LINES,
  moveEntry,
  openEntry,
  startIndex,
  type IndexWriter,
  type PlainIndex,
} from "./plain-yaml-index.ts";
import {
  endOfContent,
  isAtEnd,
  isDash,
  isPlainStart,
  keyEnd,
  NOT_PLAIN,
  plainEnd,
  quotedEnd,
  skipSpaces,
} from "./plain-yaml-scan.ts";
import { resolvePlain } from "./yaml-scalar.ts";

type Json = Record<string, unknown>;

export interface PlainYaml {
  readonly value: unknown;
  readonly index: PlainIndex;
}

interface Reading {
  readonly text: string;
  readonly index: IndexWriter;
  /** The next line with content: where it begins after its blanks, how many these are (-1 after the last), its number. */
  at: number;
  indent: number;
  line: number;
  depth: number;
}

const LINE_FEED = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const SINGLE_QUOTE = 0x27;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const DEEPEST = 64;
/** Keys up to this length may be words with a meaning: `yes`, `null`. */
const LONGEST_WORD = 5;

/** The one document of `text`, in time linear in it; `undefined` when it needs the whole parser. */
export function readPlainYaml(text: string): PlainYaml | undefined {
  if (text.length > LARGEST_INDEXED_TEXT || text.includes("\r")) return undefined;
  const reading: Reading = { text, index: startIndex(), at: 0, indent: 0, line: 0, depth: 0 };
  try {
    toContent(reading, afterMarker(text));
    if (reading.indent !== 0) return undefined;
    const value = mappingOf(reading, 0);
    return isAfterLast(reading) ? { value, index: finishIndex(reading.index) } : undefined;
  } catch (error) {
    // The resolver refuses what JSON cannot hold; the whole parser says where that stands.
    if (error === NOT_PLAIN || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where the line of the document's marker ends, if it has one. */
function afterMarker(text: string): number {
  if (!text.startsWith("---")) return 0;
  return endOfContent(text, 3);
}

/** Goes to the next line with content; the first one to look at begins at `from`, or after the line feed there. */
function toContent(reading: Reading, from: number): void {
  const { text } = reading;
  let at = from;
  let start = at;
  if (at > 0 || text.charCodeAt(0) === LINE_FEED) {
    if (at >= text.length) return ended(reading);
    start = ++at;
    reading.line++;
  }
  for (;;) {
    let unit = text.charCodeAt(at);
    while (unit === SPACE) unit = text.charCodeAt(++at);
    if (unit === HASH) {
      at = text.indexOf("\n", at);
      unit = at === -1 ? NaN : LINE_FEED;
    }
    if (unit === LINE_FEED) {
      start = ++at;
      reading.line++;
    } else if (unit > SPACE) break;
    else if (Number.isNaN(unit)) return ended(reading);
    else throw NOT_PLAIN;
  }
  if (reading.line >= MOST_INDEXED_LINES) throw NOT_PLAIN;
  reading.at = at;
  reading.indent = at - start;
}

function ended(reading: Reading): void {
  reading.indent = -1;
}

function isAfterLast({ indent }: Reading): boolean {
  return indent === -1;
}

function blockOf(reading: Reading): unknown {
  return isDash(reading.text, reading.at) ? listOf(reading, reading.indent) : mappingOf(reading, reading.indent);
}

function mappingOf(reading: Reading, indent: number): Json {
  if (++reading.depth > DEEPEST) throw NOT_PLAIN;
  const { text, index } = reading;
  const mapping: Json = {};
  do {
    const { at } = reading;
    const end = keyEnd(text, at);
    if (end === -1) throw NOT_PLAIN;
    const key = keyOf(text, at, end);
    if (mapping[key] !== undefined) throw NOT_PLAIN; // a duplicate, or a name that every object has
    const entry = openEntry(index, at, reading.line, 0);
    mapping[key] = valueOf(reading, end + 1, indent);
    closeEntry(index, entry);
  } while (reading.indent === indent);
  if (reading.indent > indent) throw NOT_PLAIN;
  reading.depth--;
  return mapping;
}

/** What stands behind a key's colon, or below it. */
function valueOf(reading: Reading, from: number, indent: number): unknown {
  const { text } = reading;
  const at = skipSpaces(text, from);
  if (!isAtEnd(text, at)) return scalarOf(reading, at);
  toContent(reading, endOfContent(text, at));
  // A list may stand as far left as the key it belongs to.
  const isBelow = reading.indent > indent || (reading.indent === indent && isDash(text, reading.at));
  return isBelow ? blockOf(reading) : null;
}

function listOf(reading: Reading, indent: number): unknown[] {
  if (++reading.depth > DEEPEST) throw NOT_PLAIN;
  const { text, index } = reading;
  const list: unknown[] = [];
  do {
    const at = skipSpaces(text, reading.at + 1);
    const entry = openEntry(index, at, reading.line, 1);
    if (isAtEnd(text, at)) list.push(elementBelow(reading, at, indent, entry));
    else if (isDash(text, at)) throw NOT_PLAIN;
    else if (keyEnd(text, at) === -1) list.push(scalarOf(reading, at));
    else {
      // A mapping that begins behind the dash goes on below its first key.
      reading.indent += at - reading.at;
      reading.at = at;
      list.push(mappingOf(reading, reading.indent));
    }
    closeEntry(index, entry);
  } while (reading.indent === indent && isDash(text, reading.at));
  if (reading.indent > indent) throw NOT_PLAIN;
  reading.depth--;
  return list;
}

function elementBelow(reading: Reading, at: number, indent: number, entry: number): unknown {
  toContent(reading, endOfContent(reading.text, at));
  const isBelow = reading.indent > indent;
  moveEntry(reading.index, entry, isBelow ? reading.at : 0, isBelow ? reading.line : 0);
  return isBelow ? blockOf(reading) : null;
}

/** A scalar on the rest of the line, or an empty list or mapping. Then goes to the next line with content. */
function scalarOf(reading: Reading, at: number): unknown {
  const { text } = reading;
  if (isPlainStart(text, at)) {
    const end = plainEnd(text, at);
    const value = resolvePlain(text.slice(at, end));
    toContent(reading, endOfContent(text, end));
    return value;
  }
  const first = text.charCodeAt(at);
  if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
    const end = quotedEnd(text, at, first);
    toContent(reading, endOfContent(text, end + 1));
    return text.slice(at + 1, end);
  }
  const second = text.charCodeAt(at + 1);
  const isList = first === OPEN_BRACKET && second === CLOSE_BRACKET;
  if (!isList && !(first === OPEN_BRACE && second === CLOSE_BRACE)) throw NOT_PLAIN;
  toContent(reading, endOfContent(text, at + 2));
  return isList ? [] : {};
}

const KNOWN_KEYS = 2048;
const keys: string[] = Array.from({ length: KNOWN_KEYS }, () => "");

/** The key as a string that is shared: a cluster's manifests are written in a few hundred words. */
function keyOf(text: string, at: number, end: number): string {
  const length = end - at;
  const middle = text.charCodeAt(at + (length >> 1));
  const slot = (length + text.charCodeAt(at) * 7 + middle * 31 + text.charCodeAt(end - 1) * 131) & (KNOWN_KEYS - 1);
  const known = keys[slot];
  if (known?.length === length && text.startsWith(known, at)) return known;
  const key = ownCopy(text.slice(at, end));
  if (length <= LONGEST_WORD && resolvePlain(key) !== key) throw NOT_PLAIN;
  if (key === "__proto__") throw NOT_PLAIN;
  keys[slot] = key;
  return key;
}
