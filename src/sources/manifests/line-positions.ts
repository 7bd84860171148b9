// Offsets of a text to lines and columns of its file.

import type { Position } from "../../cluster/resource.ts";
import type { SourceDocument } from "./source-document.ts";

/** The position of `offset` in the document's text. O(offset); columns are counted in UTF-16 units. */
export function positionAt(document: SourceDocument, offset: number): Position {
  const { text, file, firstLine, firstColumn } = document;
  let line = firstLine;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const bom = line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const column = offset - lineStart + (lineStart === 0 ? firstColumn - bom : 1);
  return { file, line, column: Math.max(1, column - (document.inserted?.get(line - firstLine) ?? 0)) };
}
