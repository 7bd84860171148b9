// Go's way with strings where messages depend on it: %q (strconv.Quote) and the byte order of sorted sets.

import { isPrintableInGo } from "./go-printable.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Quotes as fmt's %q does: Go escapes for quotes, backslashes and control characters, `\u`/`\U` for what Go does not
 * print. A lone surrogate is the replacement character, as encoding/json decodes it.
 */
export function quoteGo(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const character of text.toWellFormed()) quoted += ESCAPES[character] ?? escapeUnprintable(character);
  return `${quoted}"`;
}

function escapeUnprintable(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (isPrintableInGo(codePoint)) return character;
  const hexadecimal = codePoint.toString(16);
  if (codePoint < 0x80) return `\\x${hexadecimal.padStart(2, "0")}`;
  return codePoint < 0x10000 ? `\\u${hexadecimal.padStart(4, "0")}` : `\\U${hexadecimal.padStart(8, "0")}`;
}

/** Orders strings by their UTF-8 bytes, which is by code point; `<` orders by UTF-16 units. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

// Surrogates stand for code points above U+FFFF, so they follow every other unit.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
