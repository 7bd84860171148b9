// Lines of CSV (RFC 4180) that a spreadsheet takes for text.

import { printable } from "../printable.ts";

export function row(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** RFC 4180; what a spreadsheet would take for a formula is quoted (OWASP, CSV injection). */
function cell(value: string): string {
  const text = printable(value);
  const guarded = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
