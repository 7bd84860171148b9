// Where the fields of an audit event stand in its JSON, without parsing it. Only the object's own keys count: what looks
// like them inside a body is skipped with the body. Whatever is unusual (white space, escapes in keys, a field twice) is
// left to JSON.parse by answering `false`.

export const FIELDS = [
  "apiVersion",
  "kind",
  "level",
  "auditID",
  "stage",
  "requestURI",
  "verb",
  "user",
  "impersonatedUser",
  "authenticationMetadata",
  "objectRef",
  "responseStatus",
  "requestObject",
  "responseObject",
  "requestReceivedTimestamp",
  "annotations",
  "items",
] as const;
export type Field = (typeof FIELDS)[number];

/** Start and end of each field's value in the text, quotes and brackets included; -1 where it is absent. */
export interface Spans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const OTHER = -1;
const UNUSUAL = -2;
/** The fields of each length, so that a key is compared with few and never copied. */
const BY_LENGTH: readonly (readonly { readonly name: string; readonly index: number }[])[] = Array.from(
  { length: 1 + Math.max(...FIELDS.map((field) => field.length)) },
  (_, length) => FIELDS.flatMap((name, index) => (name.length === length ? [{ name, index }] : [])),
);
const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];

export function indexOf(field: Field): number {
  return FIELDS.indexOf(field);
}

export function createSpans(): Spans {
  return { starts: new Int32Array(FIELDS.length), ends: new Int32Array(FIELDS.length) };
}

/**
 * Finds the fields of the object that is exactly `text[start, end)`; the text holds one byte a character (latin1).
 * Linear; strings are skipped by a search for their closing quote.
 */
export function scanEvent(text: string, start: number, end: number, { starts, ends }: Spans): boolean {
  starts.fill(-1);
  if (text.charCodeAt(start) !== OPEN_BRACE || text.charCodeAt(end - 1) !== CLOSE_BRACE) return false;
  let at = start + 1;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) return false;
    const keyEnd = text.indexOf('"', at + 1);
    if (keyEnd === -1 || text.charCodeAt(keyEnd + 1) !== COLON) return false;
    const field = fieldAt(text, at + 1, keyEnd);
    if (field === UNUSUAL) return false;
    const valueEnd = skipValue(text, keyEnd + 2, end);
    if (valueEnd === -1) return false;
    if (field !== OTHER) {
      if (starts[field] !== -1) return false;
      starts[field] = keyEnd + 2;
      ends[field] = valueEnd;
    }
    const next = text.charCodeAt(valueEnd);
    at = valueEnd + 1;
    if (next === CLOSE_BRACE) return at === end;
    if (next !== COMMA) return false;
  }
}

/** Which field the key is, or that it is another, or that it has an escape. */
function fieldAt(text: string, start: number, end: number): number {
  for (const { name, index } of BY_LENGTH[end - start] ?? []) if (text.startsWith(name, start)) return index;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === BACKSLASH) return UNUSUAL;
  return OTHER;
}

/** Where the value that starts at `at` ends; -1 where it is broken or goes beyond `end`. */
export function skipValue(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return within(skipString(text, at), end);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(text, at, end);
  let to = at;
  while (to < end && isScalar(text.charCodeAt(to))) to++;
  return to === at ? -1 : to;
}

function skipNested(text: string, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = skipString(text, at) - 1;
      if (at < 0) return -1;
    } else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) depth++;
    else if ((unit === CLOSE_BRACE || unit === CLOSE_BRACKET) && --depth === 0) return at + 1;
  }
  return -1;
}

/** After the closing quote; 0 where there is none. */
function skipString(text: string, quote: number): number {
  let at = text.indexOf('"', quote + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

function within(at: number, end: number): number {
  return at === 0 || at > end ? -1 : at;
}

/** Of true, false, null and numbers. */
function isScalar(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 97 && unit <= 122) ||
    unit === 45 ||
    unit === 43 ||
    unit === 46 ||
    unit === 69
  );
}
