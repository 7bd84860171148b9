// Putting the touched positions of a scratch array in order: by sorting few, by scanning many.

/** Past one touched position in this many, a scan is cheaper than a sort. */
const SCAN_FROM = 24;

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
  let isRising = true;
  let lowest = stamps.length;
  let highest = -1;
  for (let at = 0; at < touched.length; at++) {
    const position = touched[at]!;
    if (cells[position] === dropped) continue;
    if (position < highest) isRising = false;
    if (position > highest) highest = position;
    if (position < lowest) lowest = position;
    kept[count++] = position;
  }
  const list = count === kept.length ? kept : kept.slice(0, count);
  if (isRising) return list;
  if (count * SCAN_FROM < highest - lowest) return list.sort();
  let at = 0;
  for (let position = lowest; position <= highest; position++) {
    if (stamps[position] === stamp && cells[position] !== dropped) list[at++] = position;
  }
  return list;
}
