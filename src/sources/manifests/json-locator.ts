// Paths of a JSON document to positions: a walk over the text to each path, only for documents with a finding.

import type { Locator } from "../../cluster/resource.ts";
import type { PathSegment } from "../../kubernetes/path.ts";
import { positionAt } from "./line-positions.ts";
import type { SourceDocument } from "./source-document.ts";

/** `text` must be one valid JSON value. A field's position is that of its key. */
export function createJsonLocator(document: SourceDocument): Locator {
  return (path) => {
    let offset = skipBlanks(document.text, 0);
    let value = offset;
    for (const segment of path) {
      const step = stepInto(document.text, value, segment);
      if (step === undefined) break;
      ({ offset, value } = step);
    }
    return positionAt(document, offset);
  };
}

interface Step {
  readonly offset: number;
  readonly value: number;
}

function stepInto(text: string, at: number, segment: PathSegment): Step | undefined {
  const open = text[at];
  if (open === "{" && typeof segment === "string") return memberStep(text, at, segment);
  return open === "[" && typeof segment === "number" ? elementStep(text, at, segment) : undefined;
}

function memberStep(text: string, open: number, name: string): Step | undefined {
  let found: Step | undefined; // of two equal keys JSON.parse keeps the last
  let at = skipBlanks(text, open + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    const value = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    const raw = text.slice(at + 1, keyEnd - 1);
    if (raw === name || (raw.includes("\\") && JSON.parse(`"${raw}"`) === name)) found = { offset: at, value };
    at = skipBlanks(text, skipValue(text, value));
    if (text[at] !== ",") break;
    at = skipBlanks(text, at + 1);
  }
  return found;
}

function elementStep(text: string, open: number, index: number): Step | undefined {
  let at = skipBlanks(text, open + 1);
  for (let element = 0; at < text.length && text[at] !== "]"; element++) {
    if (element === index) return { offset: at, value: at };
    at = skipBlanks(text, skipValue(text, at));
    if (text[at] !== ",") return undefined;
    at = skipBlanks(text, at + 1);
  }
  return undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at++;
  return at;
}

/** Offset after the closing quote of the string that opens at `from`. */
function skipString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return skipString(text, from);
  if (first !== "{" && first !== "[") return skipWord(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = skipString(text, at) - 1;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function skipWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !",]} \t\r\n".includes(text[at] ?? "")) at++;
  return at;
}
