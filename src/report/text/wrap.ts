// Lines of at most so many columns. Latin text breaks at blanks; Chinese, Japanese and Korean text between characters,
// but never before closing or after opening punctuation (the core of Unicode UAX #14).

import { displayWidth } from "./display-width.ts";

const WIDE = "\\u2e80-\\u303e\\u3041-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\uff00-\\uff60";
const OPENING = "（【《「『“‘〔";
const CLOSING = "、。，；：！？）】》」』”’〕…";

/** What stays together: a wide character with its punctuation, or a run of narrow ones; blanks on their own. */
const UNIT = new RegExp(
  `[ \\t]+|[${OPENING}]*(?:[${WIDE}]|[^\\s${WIDE}${OPENING}${CLOSING}]+)[${CLOSING}]*|[${OPENING}${CLOSING}]+`,
  "gu",
);

/** A unit longer than `width` stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const [unit] of text.matchAll(UNIT)) {
    const columns = displayWidth(unit);
    const isBlank = unit.trim() === "";
    if (used + columns > width && line.trim() !== "" && !isBlank) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    if (isBlank && line === "") continue;
    line += unit;
    used += columns;
  }
  return [...lines, line.trimEnd()];
}

/** At most `width` columns, with an ellipsis where something is cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = "";
  let used = 1;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    cut += character;
  }
  return `${cut}…`;
}
