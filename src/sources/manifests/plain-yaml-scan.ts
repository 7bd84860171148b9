// The words and ends of lines that plain YAML is made of (plain-yaml.ts).

const LINE_FEED = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LONGEST_KEY = 128;

const KEY_START = classOf(/[A-Za-z_]/);
const KEY_PART = classOf(/[A-Za-z0-9_./-]/);
const SCALAR_START = classOf(/[A-Za-z0-9_./$(+~-]/);
const PRINTABLE = classOf(/[ -~]/);

function classOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

/** Thrown by what reads plain YAML: the text needs the whole parser. */
export const NOT_PLAIN: Error = new Error("no plain YAML");

/** Whether a plain scalar begins at `at`: only with characters that have no other meaning there. */
export function isPlainStart(text: string, at: number): boolean {
  return SCALAR_START[text.charCodeAt(at)] === 1 && !isDash(text, at);
}

/** The end of a plain scalar, without blanks before the end of the line or a comment. */
export function plainEnd(text: string, from: number): number {
  let end = from;
  for (let at = from; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE) {
      if (text.charCodeAt(at + 1) === HASH) return end;
      continue;
    }
    if (PRINTABLE[unit] !== 1) {
      if (unit === LINE_FEED || Number.isNaN(unit)) return end;
      throw NOT_PLAIN;
    }
    if (unit === COLON && isColonAt(text, at)) throw NOT_PLAIN;
    end = at + 1;
  }
}

/** Where the quote closes on the same line. */
export function quotedEnd(text: string, from: number, quote: number): number {
  for (let at = from + 1; ; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) return at;
    if (PRINTABLE[unit] !== 1 || (unit === BACKSLASH && quote === DOUBLE_QUOTE)) throw NOT_PLAIN;
  }
}

/** The colon behind a key that begins at `from`; -1 when no plain key does. */
export function keyEnd(text: string, from: number): number {
  if (KEY_START[text.charCodeAt(from)] !== 1) return -1;
  const most = from + LONGEST_KEY;
  for (let at = from + 1; at < most; at++) {
    const unit = text.charCodeAt(at);
    if (KEY_PART[unit] === 1) continue;
    if (unit !== COLON) return -1;
    if (isColonAt(text, at)) return at;
  }
  return -1;
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** Whether the line has nothing more but a comment; `at` is after its blanks. */
export function isAtEnd(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === LINE_FEED || unit === HASH || Number.isNaN(unit);
}

/** The end of a line that has nothing more but blanks and, after one, a comment. */
export function endOfContent(text: string, from: number): number {
  const at = skipSpaces(text, from);
  const unit = text.charCodeAt(at);
  if (unit === LINE_FEED || Number.isNaN(unit)) return at;
  if (unit !== HASH || text.charCodeAt(at - 1) !== SPACE) throw NOT_PLAIN;
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function isBlank(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === SPACE || unit === LINE_FEED || Number.isNaN(unit);
}

export function isDash(text: string, at: number): boolean {
  return text.charCodeAt(at) === DASH && isBlank(text, at + 1);
}

/** Whether a colon stands there that ends a key. */
export function isColonAt(text: string, at: number): boolean {
  return text.charCodeAt(at) === COLON && isBlank(text, at + 1);
}
