// Sets of points on a line as sorted half-open intervals. Only comparisons are needed, so one algebra serves ports
// (numbers) and addresses (numbers for IPv4, bigints for IPv6).

/** `start, end, start, end, …`, ends excluded; sorted, disjoint, not touching. */
export type IntervalSet<P extends number | bigint> = readonly P[];

/** Both sets together. O(a + b), as the following. */
export function union<P extends number | bigint>(a: IntervalSet<P>, b: IntervalSet<P>): IntervalSet<P> {
  return combine(a, b, (inA, inB) => inA || inB);
}

export function intersect<P extends number | bigint>(a: IntervalSet<P>, b: IntervalSet<P>): IntervalSet<P> {
  return combine(a, b, (inA, inB) => inA && inB);
}

/** What is in `a` and not in `b`. */
export function subtract<P extends number | bigint>(a: IntervalSet<P>, b: IntervalSet<P>): IntervalSet<P> {
  return combine(a, b, (inA, inB) => inA && !inB);
}

/** O(log intervals). */
export function contains<P extends number | bigint>(set: IntervalSet<P>, point: P): boolean {
  return cutsUpTo(set, point) % 2 === 1;
}

export function isEmpty(set: IntervalSet<number | bigint>): boolean {
  return set.length === 0;
}

export function isEqual<P extends number | bigint>(a: IntervalSet<P>, b: IntervalSet<P>): boolean {
  return a.length === b.length && a.every((cut, index) => cut === b[index]);
}

/** Whether every point of `inner` is in `outer`. */
export function covers<P extends number | bigint>(outer: IntervalSet<P>, inner: IntervalSet<P>): boolean {
  return isEmpty(subtract(inner, outer));
}

/** How many cuts are at or before `point`: odd inside an interval, even outside. O(log cuts). */
export function cutsUpTo<P extends number | bigint>(cuts: readonly P[], point: P): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as P) <= point) low = middle + 1; // in range: middle < length
    else high = middle;
  }
  return low;
}

function combine<P extends number | bigint>(
  a: IntervalSet<P>,
  b: IntervalSet<P>,
  keep: (inA: boolean, inB: boolean) => boolean,
): IntervalSet<P> {
  const cuts: P[] = [];
  let atA = 0;
  let atB = 0;
  while (atA < a.length || atB < b.length) {
    const nextA = a[atA];
    const nextB = b[atB];
    const cut = nextA === undefined || (nextB !== undefined && nextB < nextA) ? nextB : nextA;
    if (cut === undefined) break; // not reached: one of the sets has a cut left
    if (nextA === cut) atA++;
    if (nextB === cut) atB++;
    if (keep(atA % 2 === 1, atB % 2 === 1) !== (cuts.length % 2 === 1)) cuts.push(cut);
  }
  return cuts;
}
