// Putting the touched positions of a scratch array in order. They come as a few rising runs, one for each list that
// touched them: runs are merged, or, where so many positions are touched that it is cheaper, the array is scanned.

/** What merging costs for each position and doubling of runs, when looking at one cell of the array costs one. */
const MERGE_COST = 3;

/**
 * The positions among `touched` (in any order, without doubles) whose cell is not `dropped`, rising.
 * `stamps[position] === stamp` exactly for the touched ones.
 */
export function risingOrder(
  touched: Int32Array,
  stamps: Int32Array,
  stamp: number,
  cells: Int32Array,
  dropped: number,
): Int32Array {
  const kept = new Int32Array(touched.length);
  let count = 0;
  let last = -1;
  let lowest = stamps.length;
  let highest = -1;
  /** Where each run starts, but for the first. */
  const starts: number[] = [];
  for (let at = 0; at < touched.length; at++) {
    const position = touched[at]!;
    if (cells[position] === dropped) continue;
    if (position < last) starts.push(count);
    if (position > highest) highest = position;
    if (position < lowest) lowest = position;
    last = position;
    kept[count++] = position;
  }
  const list = count === kept.length ? kept : kept.slice(0, count);
  if (starts.length === 0) return list;
  const doublings = 32 - Math.clz32(starts.length);
  if (MERGE_COST * count * doublings < highest - lowest) return mergeRuns(list, [0, ...starts, count]);
  let at = 0;
  for (let position = lowest; position <= highest; position++) {
    if (stamps[position] === stamp && cells[position] !== dropped) list[at++] = position;
  }
  return list;
}

/** Merges rising runs in pairs until one is left. `bounds`: where each starts, and the end. */
function mergeRuns(list: Int32Array, bounds: readonly number[]): Int32Array {
  let from = list;
  let into: Int32Array = new Int32Array(list.length);
  let runs = bounds;
  while (runs.length > 2) {
    const merged = [0];
    for (let run = 0; run + 1 < runs.length; run += 2) {
      const middle = runs[run + 1]!;
      const end = runs[run + 2] ?? middle;
      merge(from, runs[run]!, middle, end, into);
      merged.push(end);
    }
    [from, into] = [into, from];
    runs = merged;
  }
  return from;
}

/** Merges `[start, middle)` and `[middle, end)`, each rising, into the same place of another list. */
function merge(from: Int32Array, start: number, middle: number, end: number, into: Int32Array): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    into[at] = right >= end || (left < middle && from[left]! < from[right]!) ? from[left++]! : from[right++]!;
  }
}
