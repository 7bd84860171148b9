// From labels to the things that carry them: selectors are answered from the shortest list of candidates.

import { selects, type CompiledSelector, type LabelCode } from "./label-dictionary.ts";

export interface LabelIndex {
  /** Positions in `[start, end)` whose labels the selector takes, rising. About O(answers). */
  readonly matching: (selector: CompiledSelector, start: number, end: number) => Int32Array;
}

type Postings = Map<number, number[]>;

/** Indexes label codes by position. Built when first asked, in O(labels). */
export function createLabelIndex(codes: readonly LabelCode[]): LabelIndex {
  let postings: { readonly byKey: Postings; readonly byValue: Postings } | undefined;
  return {
    matching: (selector, start, end) => {
      if (selector.requirements.length === 0) return rising(start, end);
      if (end - start <= FEW_POSITIONS) return scan(codes, selector, start, end);
      postings ??= postingsOf(codes);
      const candidates = shortestCandidates(selector, postings.byKey, postings.byValue, start, end);
      const found: number[] = [];
      const isTaken = (position: number): boolean => {
        const code = codes[position];
        return code !== undefined && selects(selector, code);
      };
      if (candidates === undefined) {
        for (let position = start; position < end; position++) if (isTaken(position)) found.push(position);
      } else {
        for (const position of candidates) if (isTaken(position)) found.push(position);
      }
      return Int32Array.from(found);
    },
  };
}

/** So many positions are looked at one by one sooner than in the index. */
const FEW_POSITIONS = 16;
const scratch = new Int32Array(FEW_POSITIONS);

function scan(codes: readonly LabelCode[], selector: CompiledSelector, start: number, end: number): Int32Array {
  let count = 0;
  for (let position = start; position < end; position++) {
    const code = codes[position];
    if (code !== undefined && selects(selector, code)) scratch[count++] = position;
  }
  return scratch.slice(0, count);
}

/** `start, start + 1, … end - 1`. */
export function rising(start: number, end: number): Int32Array {
  const all = new Int32Array(end - start);
  for (let index = 0; index < all.length; index++) all[index] = start + index;
  return all;
}

const MOST_VALUES = 1 << 24;

function postingsOf(codes: readonly LabelCode[]): { readonly byKey: Postings; readonly byValue: Postings } {
  const byKey: Postings = new Map();
  const byValue: Postings = new Map();
  for (const [position, code] of codes.entries()) {
    for (let at = 0; at + 1 < code.length; at += 2) {
      const key = code[at] ?? 0;
      post(byKey, key, position);
      post(byValue, key * MOST_VALUES + (code[at + 1] ?? 0), position);
    }
  }
  return { byKey, byValue };
}

function post(postings: Postings, key: number, position: number): void {
  const list = postings.get(key);
  if (list === undefined) postings.set(key, [position]);
  else list.push(position);
}

/** `undefined`: the whole range is the shortest. */
function shortestCandidates(
  selector: CompiledSelector,
  byKey: Postings,
  byValue: Postings,
  start: number,
  end: number,
): readonly number[] | undefined {
  let best: readonly (readonly number[])[] | undefined;
  let bestLength = end - start;
  for (const { key, operator, values } of selector.requirements) {
    if (operator !== "In" && operator !== "Exists") continue;
    const lists =
      operator === "Exists" ? [byKey.get(key)] : values.map((value) => byValue.get(key * MOST_VALUES + value));
    const parts = lists.map((list) => within(list ?? [], start, end));
    const length = parts.reduce((sum, part) => sum + part.to - part.from, 0);
    if (length >= bestLength) continue;
    bestLength = length;
    best = parts.map(({ list, from, to }) => (from === 0 && to === list.length ? list : list.slice(from, to)));
  }
  if (best === undefined || best.length === 1) return best?.[0];
  return best.flat().toSorted((a, b) => a - b);
}

function within(list: readonly number[], start: number, end: number) {
  return { list, from: lowerBound(list, start), to: lowerBound(list, end) };
}

/** Index of the first element not below `wanted`. */
export function lowerBound(list: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
