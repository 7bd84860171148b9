// The byte scanner under split-json: finds where objects begin and end, in one pass, without parsing them.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

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
  };
}

/** Scans `bytes` from `from`, updating `scan`; returns the spans that ended. */
export function scanJson(bytes: Buffer, from: number, scan: JsonScan): readonly JsonSpan[] {
  const spans: JsonSpan[] = [];
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (scan.isString) {
      at = skipString(bytes, at, scan);
    } else if (byte === QUOTE) {
      if (scan.depth === scan.base && scan.start === -1) begin(bytes, at, scan);
      scan.isString = true;
      scan.stringStart = at + 1;
    } else if (byte === COLON) {
      scan.keys++;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open(bytes, at, scan, spans);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      close(bytes, at, scan, spans);
    } else if (byte === LINE_FEED) {
      scan.line++;
      scan.knownOffset = at + 1;
      scan.knownColumn = 1;
    } else if (scan.start === -1 && scan.depth === scan.base && byte !== undefined && byte > 0x20 && byte !== COMMA) {
      begin(bytes, at, scan); // a bare word: no object, which the parser will say
    }
  }
  return spans;
}

/** Moves every offset after the buffer was cut at `by`. */
export function shiftJsonScan(bytes: Buffer, by: number, scan: JsonScan): void {
  if (scan.knownOffset < by) knowColumn(bytes, by, scan);
  scan.knownOffset -= by;
  scan.start = scan.start === -1 ? -1 : scan.start - by;
  scan.stringStart -= by;
}

/** Returns the offset of the closing quote, or of the last byte when the string goes on. */
function skipString(bytes: Buffer, from: number, scan: JsonScan): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (scan.isEscaped) scan.isEscaped = false;
    else if (byte === BACKSLASH) scan.isEscaped = true;
    else if (byte === QUOTE) {
      scan.isString = false;
      if (scan.depth === 1) scan.lastString = bytes.toString("latin1", Math.max(0, scan.stringStart), at);
      return at;
    } else if (byte === LINE_FEED) {
      scan.line++;
      scan.knownOffset = at + 1;
      scan.knownColumn = 1;
    }
  }
  return bytes.length;
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
    spans.push({ kind, start: scan.start, end, line: scan.startLine, column: scan.startColumn, keys: scan.keys });
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
  scan.knownColumn += bytes.toString("utf8", scan.knownOffset, at).length;
  scan.knownOffset = at;
}
