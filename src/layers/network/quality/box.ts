// Products of sets, one set per axis: what a rule is about, for every pod that there could be. Whether one such product
// lies in the union of others is answered exactly, by taking the others away one after the other.

import { covers, intersect, isEmpty, subtract, type IntervalSet } from "../interval-set.ts";

export type AxisSet = IntervalSet<number | bigint>;

export interface Axis {
  readonly whole: AxisSet;
}

/** A set per axis, never empty; an axis that is not there is whole. */
export type Box = ReadonlyMap<Axis, AxisSet>;

/** Both conditions together; `undefined` where nothing satisfies them. */
export function both(a: Box, b: Box): Box | undefined {
  const [large, small] = a.size < b.size ? [b, a] : [a, b];
  const joined = new Map(large);
  for (const [axis, set] of small) {
    const own = joined.get(axis);
    const common = own === undefined ? set : intersect(own, set);
    if (isEmpty(common)) return undefined;
    joined.set(axis, common);
  }
  return joined;
}

/** Whether the boxes share a point. `unsure`: axes that do not tell them apart. */
export function meets(a: Box, b: Box, unsure: readonly Axis[] = []): boolean {
  for (const [axis, set] of a) {
    const other = unsure.includes(axis) ? undefined : b.get(axis);
    if (other !== undefined && other !== set && isEmpty(intersect(other, set))) return false;
  }
  return true;
}

/** Whether every point of `inner` is in `outer`. */
export function contains(outer: Box, inner: Box): boolean {
  for (const [axis, set] of outer) {
    const own = inner.get(axis) ?? axis.whole;
    if (own !== set && !covers(set, own)) return false;
  }
  return true;
}

/** What is in `box` and not in `other`, as disjoint boxes. O(axes of `other`). */
export function without(box: Box, other: Box): readonly Box[] {
  const pieces: Box[] = [];
  let rest = box;
  for (const [axis, set] of other) {
    const own = rest.get(axis) ?? axis.whole;
    const outside = subtract(own, set);
    if (!isEmpty(outside)) pieces.push(new Map(rest).set(axis, outside));
    const common = intersect(own, set);
    if (isEmpty(common)) return [box];
    rest = new Map(rest).set(axis, common);
  }
  return pieces;
}

/** How many times a box may be cut before the question is given up, unless said otherwise. */
const MOST_CUTS = 400;

/**
 * Positions of boxes whose union contains `box`, a single one where there is one; `undefined` where the union does not
 * contain it, or that takes too many cuts. O(others × cuts).
 */
export function coverOf(box: Box, others: readonly Box[], mostCuts = MOST_CUTS): readonly number[] | undefined {
  const single = others.findIndex((other) => contains(other, box));
  if (single !== -1) return [single];
  if (others.length < 2) return undefined;
  const used = new Set<number>();
  const open: { readonly piece: Box; readonly from: number }[] = [{ piece: box, from: 0 }];
  for (let cuts = 0; cuts <= mostCuts; cuts++) {
    const next = open.pop();
    if (next === undefined) return [...used].toSorted((a, b) => a - b);
    const at = others.findIndex((other, index) => index >= next.from && meets(other, next.piece));
    const other = others[at];
    if (other === undefined) return undefined;
    used.add(at);
    for (const piece of without(next.piece, other)) open.push({ piece, from: at + 1 });
  }
  return undefined;
}
