// JSON that is one list, bare or in an envelope (`items`, `flows`, the hits of Elasticsearch), often all on one line: given
// on as the list alone with a line for each element, so that it is read in flat memory like any log.

import { Buffer } from "node:buffer";

/** The list must begin within so much. */
const MOST_HEAD_BYTES = 64 * 1024;
const LIST_NAMES: ReadonlySet<string> = new Set(["items", "flows", "hits"]);
/** `hits.hits` is the deepest. */
const DEEPEST_LIST = 2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const OPENING: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const CLOSING: ReadonlySet<number> = new Set([0x7d, 0x5d]);
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

/**
 * Bytes as they are where they do not begin with a long list. Several documents become one list; line numbers of the
 * first stay where it is indented.
 */
export async function* unwrapList(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = createSource(chunks);
  let isInList = false;
  for (;;) {
    const head = await source.upTo(MOST_HEAD_BYTES);
    if (head.length === 0) break;
    const list = head.length < MOST_HEAD_BYTES ? undefined : listStart(head);
    const splitter = list === undefined ? undefined : createSplitter(list.depth);
    if (list === undefined || splitter === undefined || splitter.take(head.subarray(list.at)).rest !== undefined) {
      yield head; // short ones are read well enough as they are
      yield* source.all();
      break;
    }
    yield isInList ? LINE_END : openingOf(head, list.at);
    isInList = true;
    const whole = createSplitter(list.depth);
    let taken = whole.take(head.subarray(list.at));
    yield* taken.pieces;
    while (taken.rest === undefined) {
      const next = await source.next();
      if (next === undefined) {
        yield END_MISSING;
        return;
      }
      taken = whole.take(next);
      yield* taken.pieces;
    }
    source.putBack(taken.rest);
  }
  if (isInList) yield Buffer.from("\n]\n");
}

const LINE_END = Buffer.from("\n");
/** A value that never ends says so to whoever joins values. */
const END_MISSING = Buffer.from("\n{");

function openingOf(head: Buffer, at: number): Buffer {
  const lines = head.subarray(0, at).filter((byte) => byte === LINE_FEED).length;
  const next = head[at] ?? 0;
  return Buffer.from(`${"\n".repeat(lines)}[${next <= SPACE ? "" : "\n"}`);
}

interface Source {
  /** `undefined` at the end. */
  readonly next: () => Promise<Buffer | undefined>;
  /** At least so many bytes, fewer at the end. */
  readonly upTo: (length: number) => Promise<Buffer>;
  readonly putBack: (bytes: Buffer) => void;
  readonly all: () => AsyncGenerator<Buffer>;
}

function createSource(chunks: AsyncIterable<Buffer>): Source {
  const iterator = chunks[Symbol.asyncIterator]();
  let held: Buffer | undefined;
  const next = async (): Promise<Buffer | undefined> => {
    const first = held;
    held = undefined;
    if (first !== undefined && first.length > 0) return first;
    const read = await iterator.next();
    return read.done === true ? undefined : read.value;
  };
  return {
    next,
    putBack: (bytes) => void (held = bytes),
    upTo: async (length) => {
      const parts: Buffer[] = [];
      let have = 0;
      while (have < length) {
        const part = await next();
        if (part === undefined) break;
        parts.push(part);
        have += part.length;
      }
      return Buffer.concat(parts);
    },
    all: async function* () {
      for (let part = await next(); part !== undefined; part = await next()) yield part;
    },
  };
}

interface ListStart {
  /** Of the first element. */
  readonly at: number;
  /** How many objects stand around the list. */
  readonly depth: number;
}

/** In bytes that begin with a list, or with an object that has one by a known name. */
function listStart(head: Buffer): ListStart | undefined {
  const text = head.toString("latin1", 0, MOST_HEAD_BYTES);
  const first = /^(?:\xef\xbb\xbf)?\s*([[{])/.exec(text);
  if (first === null) return undefined;
  if (first[1] === "[") return { at: first[0].length, depth: 0 };
  let depth = 0;
  let name = "";
  for (let at = first[0].length - 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(text, at);
      name = text.slice(at + 1, end);
      at = end;
    } else if (code === OPEN_LIST && depth <= DEEPEST_LIST && LIST_NAMES.has(name)) return { at: at + 1, depth };
    else if (OPENING.has(code)) depth++;
    else if (CLOSING.has(code) && --depth === 0) return undefined;
  }
  return undefined;
}

function endOfText(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

interface Taken {
  /** Elements of the list. */
  readonly pieces: readonly Buffer[];
  /** What follows the document; `undefined` while it has not ended. */
  readonly rest: Buffer | undefined;
}

interface Splitter {
  readonly take: (chunk: Buffer) => Taken;
}

/** Breaks the line between objects of the list; what its envelope has besides is dropped. */
function createSplitter(around: number): Splitter {
  const inList = around + 1;
  let depth = inList;
  let inText = false;
  let isEscaped = false;
  let isAfterComma = false;
  let isInList = true;
  const take = (chunk: Buffer): Taken => {
    const pieces: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) inText = false;
        continue;
      }
      if (isAfterComma && isInList && byte === OPEN_OBJECT) {
        pieces.push(chunk.subarray(from, at), LINE_END);
        from = at;
      }
      isAfterComma = byte === COMMA && depth === inList;
      if (byte === QUOTE) inText = true;
      else if (OPENING.has(byte)) depth++;
      else if (CLOSING.has(byte)) depth--;
      if (isInList && depth < inList) {
        isInList = false;
        pieces.push(chunk.subarray(from, at), LINE_END);
      }
      if (depth === 0) return { pieces, rest: chunk.subarray(at + 1) };
    }
    if (isInList) pieces.push(chunk.subarray(from));
    return { pieces, rest: undefined };
  };
  return { take };
}
