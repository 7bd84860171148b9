// JSON values of a log: one a line, or one over many lines where a person saved them indented or as an array.

export interface JsonText {
  readonly text: string;
  /** Of the first line; 1-based. */
  readonly line: number;
}

/** Longer values are passed over. */
const LONGEST_VALUE = 8 * 1024 * 1024;

/** Whether the first line that says something opens a value that later lines close. */
export function isOpening(line: string): boolean {
  const text = line.trim();
  return text === "{" || text === "[" || text === "[{";
}

export interface JsonValues {
  readonly add: (line: string, number: number) => void;
  /** To be called once, after the last line. */
  readonly end: () => void;
}

/**
 * Joins lines to values; elements of an array at the top are values of their own. `cut` is told the first line of a
 * value that never ended or grew too long.
 */
export function joinJsonValues(emit: (value: JsonText) => void, cut: (line: number) => void): JsonValues {
  let base = 0;
  let depth = 0;
  let isFirst = true;
  let parts: string[] = [];
  let length = 0;
  let start = 0;
  const clear = (): void => {
    [parts, length] = [[], 0];
  };
  const take = (text: string, number: number): void => {
    if (parts.length === 0) start = number;
    parts.push(text);
    length += text.length + 1;
    if (length <= LONGEST_VALUE) return;
    cut(start);
    clear();
    depth = base;
  };
  const add = (line: string, number: number): void => {
    let from = 0;
    if (isFirst && line.trim() !== "") {
      isFirst = false;
      if (line.trimStart().startsWith("[")) {
        base = 1;
        depth = 1;
        from = line.indexOf("[") + 1;
      }
    }
    let inText = false;
    let begin = depth > base ? from : -1;
    for (let at = from; at < line.length; at++) {
      const code = line.charCodeAt(at);
      if (code === QUOTE) inText = !inText;
      else if (inText) {
        if (code === BACKSLASH) at++;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (depth === base) begin = at;
        depth++;
      } else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && depth > base) {
        depth--;
        if (depth > base) continue;
        take(line.slice(Math.max(begin, 0), at + 1), number);
        if (parts.length > 0) emit({ text: parts.join("\n"), line: start });
        clear();
        begin = -1;
      }
    }
    if (depth > base) take(line.slice(Math.max(begin, 0)), number);
  };
  return { add, end: () => void (parts.length > 0 && cut(start)) };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
