// Paths of a JSON document to positions: its members are indexed when first asked, only for documents with a finding.

import type { Locator } from "../../cluster/resource.ts";
import type { PathSegment } from "../../kubernetes/path.ts";
import { createPositions } from "./line-positions.ts";
import type { SourceDocument } from "./source-document.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BYTE_ORDER_MARK = 0xfeff;

/** Where a member or element begins: its key, or itself; and its value. */
interface Step {
  readonly offset: number;
  readonly value: number;
}

/**
 * Findings come a document at a time, so its members are kept until the next one is asked: relations keep the locators of
 * all documents to the end.
 */
let latest:
  | { readonly document: SourceDocument; readonly steps: Map<number, ReadonlyMap<PathSegment, Step>> }
  | undefined;

/** `text` must be one valid JSON value. A field's position is that of its key. */
export function createJsonLocator(document: SourceDocument): Locator {
  const positionAt = createPositions(document);
  const stepsAt = (value: number): ReadonlyMap<PathSegment, Step> => {
    if (latest?.document !== document) latest = { document, steps: new Map() };
    let known = latest.steps.get(value);
    if (known === undefined) {
      known = stepsOf(document.text, value);
      latest.steps.set(value, known);
    }
    return known;
  };
  return (path) => {
    let offset = skipBlanks(document.text, 0);
    let value = offset;
    for (const segment of path) {
      const step = stepsAt(value).get(segment);
      if (step === undefined) break;
      ({ offset, value } = step);
    }
    return positionAt(offset);
  };
}

function stepsOf(text: string, at: number): ReadonlyMap<PathSegment, Step> {
  const open = text.charCodeAt(at);
  if (open === OPEN_BRACE) return members(text, at);
  return open === OPEN_BRACKET ? elements(text, at) : new Map();
}

/** Of two equal keys JSON.parse keeps the last, and so does this map. */
function members(text: string, open: number): ReadonlyMap<PathSegment, Step> {
  const found = new Map<PathSegment, Step>();
  let at = skipBlanks(text, open + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(text, at);
    const value = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    const raw = text.slice(at + 1, keyEnd - 1);
    const key = raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw; // a JSON string by construction
    found.set(key, { offset: at, value });
    at = skipBlanks(text, skipValue(text, value));
    if (text.charCodeAt(at) !== COMMA) break;
    at = skipBlanks(text, at + 1);
  }
  return found;
}

function elements(text: string, open: number): ReadonlyMap<PathSegment, Step> {
  const found = new Map<PathSegment, Step>();
  let at = skipBlanks(text, open + 1);
  for (let index = 0; at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET; index++) {
    found.set(index, { offset: at, value: at });
    at = skipBlanks(text, skipValue(text, at));
    if (text.charCodeAt(at) !== COMMA) break;
    at = skipBlanks(text, at + 1);
  }
  return found;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === BYTE_ORDER_MARK)) at++;
  return at;
}

/** Offset after the closing quote of the string that opens at `from`. */
function skipString(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) break;
    if (unit === BACKSLASH) at++;
  }
  return at + 1;
}

function skipValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return skipString(text, from);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return skipWord(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = skipString(text, at) - 1;
    else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) depth++;
    else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function skipWord(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 32 || unit === COMMA || unit === CLOSE_BRACE || unit === CLOSE_BRACKET) break;
  }
  return at;
}
