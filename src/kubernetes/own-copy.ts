// Strings cut out of a text are slices in V8: one of them keeps the whole text in memory. What a run keeps of a document
// is copied out of it, so that the document can go.

const LONGEST_COPIED_BY_ENGINE = 12; // V8 copies slices up to this length (SlicedString::kMinLength is 13)

/** An equal string that shares nothing with the text it came from. */
export function ownCopy(text: string): string {
  if (text.length <= LONGEST_COPIED_BY_ENGINE) return text;
  return JSON.parse(JSON.stringify(text)) as string; // a string by construction
}
