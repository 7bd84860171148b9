// Control and direction characters of untrusted text made visible, so that no manifest can drive a reader's terminal,
// break a line of a log or reorder what is read (Unicode UAX #9, "Trojan Source").

const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Each such character as `\uXXXX`, half a surrogate pair as U+FFFD; everything else as it is. One line in, one line out. */
export function printable(text: string): string {
  if (!/[^ -~]/.test(text)) return text; // plain ASCII, nearly always
  return text
    .toWellFormed()
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
