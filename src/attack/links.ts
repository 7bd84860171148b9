// Lists of small numbers, one a holding, in two flat arrays: a large graph has hundreds of thousands.

export type Links = (holding: number) => Iterable<number>;

/** The indexes of the items that `holdingsOf` links with each holding, ascending. Linear. */
export function createLinks<T>(
  holdings: number,
  items: readonly T[],
  holdingsOf: (item: T) => readonly number[],
): Links {
  const starts = new Int32Array(holdings + 1);
  for (const item of items) for (const holding of holdingsOf(item)) increment(starts, holding + 1);
  for (let index = 1; index <= holdings; index++) starts[index] = at(starts, index) + at(starts, index - 1);
  const next = starts.slice();
  const linked = new Int32Array(at(starts, holdings));
  for (const [index, item] of items.entries())
    for (const holding of holdingsOf(item)) linked[increment(next, holding)] = index;
  return (holding) => (holding < 0 ? NONE : linked.subarray(at(starts, holding), at(starts, holding + 1)));
}

const NONE: readonly number[] = [];

function at(list: Int32Array, index: number): number {
  return list[index] ?? 0;
}

/** Adds one; returns what was there. */
function increment(list: Int32Array, index: number): number {
  const before = at(list, index);
  list[index] = before + 1;
  return before;
}
