// Strings cut out of a text are slices in V8: one of them keeps the whole text in memory. What a run keeps of a document
// is copied out of it, so that the document can go.

const LONGEST_COPIED_BY_ENGINE = 12; // V8 copies slices up to this length (SlicedString::kMinLength is 13)
const LONGEST_REMEMBERED = 256;
const SLOTS = 1024;

/** The last copies, by a few of their characters: findings of one resource say the same names again and again. */
const copies: string[] = Array.from({ length: SLOTS }, () => "");

/** Whether the string may be a slice of a longer one. */
export function isSlice(text: string): boolean {
  return text.length > LONGEST_COPIED_BY_ENGINE;
}

/** An equal string that shares nothing with the text it came from. */
export function ownCopy(text: string): string {
  const { length } = text;
  if (length <= LONGEST_COPIED_BY_ENGINE) return text;
  if (length > LONGEST_REMEMBERED) return copyOf(text);
  const ends = text.charCodeAt(0) * 7 + text.charCodeAt(length - 1) * 131 + text.charCodeAt(length - 2) * 17;
  const slot = (length * 3 + ends + text.charCodeAt(length >> 1) * 31) & (SLOTS - 1);
  const known = copies[slot];
  if (known === text) return known;
  const copy = copyOf(text);
  copies[slot] = copy;
  return copy;
}

function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string; // a string by construction
}
