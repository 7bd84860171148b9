// Patterns of names: `*` stands for any number of characters, everything else for itself.

/** Whether `text` matches. Linear in text × stars: the pieces between stars are found one after the other. */
export function matchesGlob(pattern: string, text: string): boolean {
  const pieces = pattern.split("*");
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** Whether any of the patterns matches; no patterns match everything. */
export function matchesAnyGlob(patterns: readonly string[], text: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesGlob(pattern, text));
}

/** Whether the patterns leave nothing out. */
export function matchesEverything(patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => /^\*+$/.test(pattern));
}
