// Where a JSON value ends that stands over several lines (RFC 8259), found line by line. It sees at once when a line
// cannot go on what the lines before it began, so a line that was cut costs itself alone.

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export type JsonProgress =
  | { /** The value goes on in the next line. */ readonly kind: "open" }
  | { /** It ended before this position. */ readonly kind: "closed"; readonly at: number }
  | {
      /** No JSON goes on so; `isInText` where the line ends within a text. */
      readonly kind: "broken";
      readonly isInText: boolean;
    };

export interface JsonEnd {
  /** Takes `text[start, end)` as the next line. Linear, whatever the depth. */
  readonly take: (text: string, start: number, end: number) => JsonProgress;
}

/** What may come next. */
type Expected = "value" | "first-item" | "first-key" | "key" | "colon" | "more";

const OPEN: JsonProgress = { kind: "open" };
const BROKEN: JsonProgress = { kind: "broken", isInText: false };
const IN_TEXT: JsonProgress = { kind: "broken", isInText: true };

/** For one value. What is inside texts is not looked at: JSON.parse will. */
export function createJsonEnd(): JsonEnd {
  const closers: number[] = [];
  let expected: Expected = "value";
  const afterValue = (): void => void (expected = "more");

  /** Where the token that starts here ends; -1 where it is not allowed, -2 where a text has no end. */
  const token = (text: string, at: number, end: number): number => {
    const unit = text.charCodeAt(at);
    switch (expected) {
      case "colon":
        expected = "value";
        return unit === COLON ? at + 1 : -1;
      case "more":
        if (unit === closers.at(-1)) return close(at);
        expected = closers.at(-1) === CLOSE_BRACE ? "key" : "value";
        return unit === COMMA ? at + 1 : -1;
      case "first-key":
      case "key":
        if (unit === CLOSE_BRACE && expected === "first-key") return close(at);
        expected = "colon";
        return unit === QUOTE ? afterText(text, at, end) : -1;
      case "first-item":
      case "value":
        if (unit === CLOSE_BRACKET && expected === "first-item") return close(at);
        return value(text, at, end, unit);
    }
  };
  const close = (at: number): number => {
    closers.pop();
    afterValue();
    return at + 1;
  };
  const value = (text: string, at: number, end: number, unit: number): number => {
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      closers.push(unit === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET);
      expected = unit === OPEN_BRACE ? "first-key" : "first-item";
      return at + 1;
    }
    afterValue();
    if (unit === QUOTE) return afterText(text, at, end);
    SCALAR.lastIndex = at;
    const length = SCALAR.exec(text)?.[0].length ?? 0;
    return length === 0 || at + length > end ? -1 : at + length;
  };

  return {
    take: (text, start, end) => {
      for (let at = start; at < end;) {
        if (isSpace(text.charCodeAt(at))) {
          at++;
          continue;
        }
        at = token(text, at, end);
        if (at === -1) return BROKEN;
        if (at === -2) return IN_TEXT;
        if (closers.length === 0 && expected === "more") return { kind: "closed", at };
      }
      return OPEN;
    },
  };
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 13 || unit === 10;
}

function afterText(text: string, quote: number, end: number): number {
  for (let at = quote + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1 || at >= end) return -2;
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at + 1;
  }
}
