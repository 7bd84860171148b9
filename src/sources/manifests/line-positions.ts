// Offsets of a text to lines and columns of its file.

import type { Position } from "../../cluster/resource.ts";
import type { SourceDocument } from "./source-document.ts";

/** Turns offsets of the document's text into positions; the lines are found once, when first asked. */
export function createPositions(document: SourceDocument): (offset: number) => Position {
  let lineStarts: readonly number[] | undefined;
  return (offset) => {
    lineStarts ??= lineStartsOf(document.text);
    return position(document, lineStarts, offset);
  };
}

/** The position of one offset. O(offset); columns are counted in UTF-16 units. */
export function positionAt(document: SourceDocument, offset: number): Position {
  return position(document, lineStartsOf(document.text, offset), offset);
}

function lineStartsOf(text: string, until = text.length): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1 && at < until; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function position(document: SourceDocument, lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const { text, file, firstLine, firstColumn, inserted } = document;
  const line = firstLine + low;
  const bom = line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const column = offset - (lineStarts[low] ?? 0) + (low === 0 ? firstColumn - bom : 1);
  return { file, line, column: Math.max(1, column - (inserted?.get(low) ?? 0)) };
}
