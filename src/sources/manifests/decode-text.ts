// Bytes to text, refusing what no YAML or JSON parser may accept: NUL and invalid UTF-8.

import { isAscii, isUtf8 } from "node:buffer";
import type { Gap } from "../../verdicts/gap.ts";

export type DecodedText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly gap: Gap };

const NUL = 0;
const LINE_FEED = 10;

/** Decodes `bytes`, which start at `firstLine` of `file`. */
export function decodeText(bytes: Buffer, file: string, firstLine: number): DecodedText {
  const nul = bytes.indexOf(NUL);
  if (nul !== -1) return refuse("nul-byte", bytes, nul, file, firstLine);
  if (isAscii(bytes)) return { ok: true, text: bytes.toString("latin1") };
  if (!isUtf8(bytes)) return refuse("invalid-utf8", bytes, firstInvalidByte(bytes), file, firstLine);
  return { ok: true, text: bytes.toString("utf8") };
}

function refuse(code: string, bytes: Buffer, offset: number, file: string, firstLine: number): DecodedText {
  const line = firstLine + countByte(bytes.subarray(0, offset), LINE_FEED);
  const column = offset - bytes.lastIndexOf(LINE_FEED, Math.max(0, offset - 1));
  return {
    ok: false,
    gap: { code, what: file, reason: { id: code }, position: { file, line, column: Math.max(1, column) } },
  };
}

/** How often `byte` occurs. */
export function countByte(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

function firstInvalidByte(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // A prefix may end inside a character; up to three bytes more complete it.
    const isValid = [0, 1, 2, 3].some((more) => isUtf8(bytes.subarray(0, Math.min(bytes.length, middle + more))));
    if (isValid) low = middle;
    else high = middle - 1;
  }
  return low;
}
