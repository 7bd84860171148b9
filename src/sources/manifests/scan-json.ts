// The byte scanner under split-json: finds where objects begin and end, in one pass, without parsing them.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const DASH = 0x2d;

/** What a byte outside strings means; 0 for bytes of numbers and words. */
const BLANK = 1;
const STRING = 2;
const OPEN = 3;
const CLOSE = 4;
const LINE = 5;
const KEY = 6;
const MEANING = new Uint8Array(256);
for (let byte = 0; byte <= 0x20; byte++) MEANING[byte] = BLANK;
MEANING[0x2c] = BLANK; // comma
MEANING[LINE_FEED] = LINE;
MEANING[QUOTE] = STRING;
MEANING[COLON] = KEY;
MEANING[0x7b] = OPEN;
MEANING[OPEN_BRACKET] = OPEN;
MEANING[0x7d] = CLOSE;
MEANING[0x5d] = CLOSE;

/** A whole value in the buffer: an object, an item of a List, or the remains of a List around its items. */
export interface JsonSpan {
  readonly kind: "object" | "item" | "envelope";
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  /** Colons outside strings: the number of member names. */
  readonly keys: number;
}

export interface JsonScan {
  depth: number;
  /** Depth at which values are cut out: 0 for the stream, 2 inside the items of a List. */
  base: 0 | 2;
  isString: boolean;
  isEscaped: boolean;
  /** Offset of the value being read, -1 between values. */
  start: number;
  startLine: number;
  startColumn: number;
  /** Colons seen since `start`. */
  keys: number;
  stringStart: number;
  lastString: string;
  line: number;
  /** An offset whose column is known, so that columns cost O(bytes) over a file that is one line. */
  knownOffset: number;
  knownColumn: number;
  /** Whether the List being read has had its items. */
  isAfterItems: boolean;
  /** Offset of a `---` line between values, where the scan ended: what follows is YAML. */
  yamlAt: number;
}

export function startJsonScan(): JsonScan {
  return {
    depth: 0,
    base: 0,
    isString: false,
    isEscaped: false,
    start: -1,
    startLine: 1,
    startColumn: 1,
    keys: 0,
    stringStart: -1,
    lastString: "",
    line: 1,
    knownOffset: 0,
    knownColumn: 1,
    isAfterItems: false,
    yamlAt: -1,
  };
}

/** Scans `bytes` from `from`, updating `scan`; returns the spans that ended. */
export function scanJson(bytes: Buffer, from: number, scan: JsonScan): readonly JsonSpan[] {
  const spans: JsonSpan[] = [];
  let at = scan.isString ? skipString(bytes, from, scan) + 1 : from;
  let keys = 0; // kept apart from `scan` because this loop runs once a byte
  for (; at < bytes.length; at++) {
    switch (MEANING[bytes[at] ?? 0]) {
      case BLANK:
        break;
      case STRING:
        if (scan.depth === scan.base && scan.start === -1) begin(bytes, at, scan);
        scan.stringStart = at + 1;
        scan.isString = true;
        at = skipString(bytes, at + 1, scan);
        break;
      case KEY:
        keys++;
        break;
      case OPEN:
        scan.keys += keys;
        keys = 0;
        open(bytes, at, scan, spans);
        break;
      case CLOSE:
        scan.keys += keys;
        keys = 0;
        close(bytes, at, scan, spans);
        break;
      case LINE:
        newLine(at, scan);
        break;
      default:
        if (scan.start !== -1 || scan.depth !== scan.base) break;
        if (isMarker(bytes, at, scan)) {
          scan.yamlAt = at;
          return spans;
        }
        begin(bytes, at, scan); // a bare word between values: no object, which the parser will say
    }
  }
  scan.keys += keys;
  return spans;
}

/** Whether the first of three dashes on a line of their own, as far as the buffer goes. */
function isMarker(bytes: Buffer, at: number, { base }: JsonScan): boolean {
  const isDash = (byte: number | undefined): boolean => byte === DASH || byte === undefined;
  const isFirst = at === 0 || bytes[at - 1] === LINE_FEED;
  return base === 0 && isFirst && bytes[at] === DASH && isDash(bytes[at + 1]) && isDash(bytes[at + 2]);
}

/** Moves every offset after the buffer was cut at `by`. */
export function shiftJsonScan(bytes: Buffer, by: number, scan: JsonScan): void {
  if (scan.knownOffset < by) knowColumn(bytes, by, scan);
  scan.knownOffset -= by;
  scan.start = scan.start === -1 ? -1 : scan.start - by;
  scan.stringStart -= by;
}

/** Returns the offset of the closing quote, or the length when the string goes on in the next chunk. */
function skipString(bytes: Buffer, from: number, scan: JsonScan): number {
  let isEscaped = scan.isEscaped;
  scan.isEscaped = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) {
      scan.isString = false;
      if (scan.depth === 1) scan.lastString = bytes.toString("latin1", Math.max(0, scan.stringStart), at);
      return at;
    } else if (byte === LINE_FEED) newLine(at, scan);
  }
  scan.isEscaped = isEscaped;
  return bytes.length;
}

function newLine(at: number, scan: JsonScan): void {
  scan.line++;
  scan.knownOffset = at + 1;
  scan.knownColumn = 1;
}

function open(bytes: Buffer, at: number, scan: JsonScan, spans: JsonSpan[]): void {
  if (scan.depth === scan.base && scan.start === -1) begin(bytes, at, scan);
  scan.depth++;
  const isItems = scan.depth === 2 && scan.base === 0 && bytes[at] === OPEN_BRACKET && scan.lastString === "items";
  if (!isItems) return;
  finish("envelope", at, scan, spans);
  scan.base = 2;
}

function close(bytes: Buffer, at: number, scan: JsonScan, spans: JsonSpan[]): void {
  if (scan.depth === scan.base && scan.base === 2) {
    finish(scan.start === -1 ? undefined : "item", at, scan, spans);
    scan.base = 0;
    scan.isAfterItems = true;
    begin(bytes, at, scan);
  }
  if (scan.depth === 0) {
    if (scan.start === -1) begin(bytes, at, scan);
    return; // a closing bracket too many: part of a broken value
  }
  scan.depth--;
  if (scan.depth > scan.base || scan.start === -1) return;
  const kind = scan.base === 2 ? "item" : scan.isAfterItems ? "envelope" : "object";
  if (scan.base === 0) scan.isAfterItems = false;
  finish(kind, at + 1, scan, spans);
}

function finish(kind: JsonSpan["kind"] | undefined, end: number, scan: JsonScan, spans: JsonSpan[]): void {
  if (kind !== undefined) {
    const { start, startLine: line, startColumn: column, keys } = scan;
    spans.push({ kind, start, end, line, column, keys });
  }
  scan.start = -1;
}

function begin(bytes: Buffer, at: number, scan: JsonScan): void {
  knowColumn(bytes, at, scan);
  scan.start = at;
  scan.keys = 0;
  scan.startLine = scan.line;
  scan.startColumn = scan.knownColumn;
}

function knowColumn(bytes: Buffer, at: number, scan: JsonScan): void {
  if (at === scan.knownOffset) return;
  scan.knownColumn += bytes.toString("utf8", scan.knownOffset, at).length;
  scan.knownOffset = at;
}
