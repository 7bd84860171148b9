// The smallest set that meets every given set: reductions that lose nothing (R. S. Garfinkel, G. L. Nemhauser, "Integer
// Programming", 1972, chapter 8) until none applies, then branch and bound, with the greedy answer as the upper bound and a
// dual solution as the lower one.

export interface HittingSet {
  readonly chosen: readonly number[];
  /** No set of fewer elements meets all. */
  readonly atLeast: number;
}

/** Search nodes after which the best set so far stands, with what is proved about it. */
const MOST_NODES = 4_000;

type Weight = (element: number) => number;
type Sets = readonly ReadonlySet<number>[];

/** `weightOf` is above zero; the sum of weights is what is smallest. Exact for sets of ordinary clusters. */
export function minimumHittingSet(given: readonly (readonly number[])[], weightOf: Weight): HittingSet {
  const reduced = reduce(
    given.map((set) => new Set(set)),
    weightOf,
  );
  const parts = independentParts(reduced.sets).map((sets) => solve(sets, weightOf));
  return {
    chosen: [...reduced.chosen, ...parts.flatMap(({ chosen }) => chosen)],
    atLeast: parts.reduce((sum, { atLeast }) => sum + atLeast, reduced.chosen.length),
  };
}

/** One that meets all and is seldom much larger, in a fraction of the time. */
export function quickHittingSet(given: readonly (readonly number[])[], weightOf: Weight): readonly number[] {
  const { chosen, sets } = reduce(
    given.map((set) => new Set(set)),
    weightOf,
  );
  return [...chosen, ...greedy(sets, weightOf)];
}

interface Reduced {
  /** Elements that some smallest set has. */
  readonly chosen: readonly number[];
  /** What is left to meet. */
  readonly sets: Sets;
}

/** Drops sets that others contain and elements that others do better, and takes what is the only choice. */
function reduce(given: Sets, weightOf: Weight): Reduced {
  const chosen: number[] = [];
  let sets = given;
  for (;;) {
    sets = withoutSupersets(sets);
    const single = sets.find((set) => set.size === 1);
    if (single !== undefined) {
      const [element = -1] = single;
      chosen.push(element);
      sets = sets.filter((set) => !set.has(element));
      continue;
    }
    const dropped = dominatedElements(sets, weightOf);
    if (dropped.size === 0) return { chosen, sets };
    sets = sets.map((set) => new Set([...set].filter((element) => !dropped.has(element))));
  }
}

/** Whoever meets a set meets every set that contains it. */
function withoutSupersets(given: Sets): Sets {
  const sorted = given.toSorted((one, other) => one.size - other.size);
  const kept: ReadonlySet<number>[] = [];
  const byElement = new Map<number, ReadonlySet<number>[]>();
  for (const set of sorted) {
    const isContaining = [...set].some((element) => byElement.get(element)?.some((small) => isSubset(small, set)));
    if (isContaining) continue;
    kept.push(set);
    const [first] = set;
    if (first === undefined) continue;
    const list = byElement.get(first);
    if (list === undefined) byElement.set(first, [set]);
    else list.push(set);
  }
  return kept;
}

/** Elements in whose place another one, no heavier, meets the same sets and perhaps more. */
function dominatedElements(sets: Sets, weightOf: Weight): ReadonlySet<number> {
  const places = placesOf(sets);
  const dropped = new Set<number>();
  // From the last: of elements that do the same, the first of their sets stays.
  for (const [element, own] of [...places].toReversed()) {
    const first = sets[own[0] ?? -1];
    for (const other of first ?? []) {
      if (other === element || dropped.has(other) || weightOf(other) > weightOf(element)) continue;
      const theirs = places.get(other) ?? [];
      if (theirs.length < own.length || !isSubsequence(own, theirs)) continue;
      dropped.add(element);
      break;
    }
  }
  return dropped;
}

/** Indexes of the sets that each element is in, ascending. */
function placesOf(sets: Sets): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [index, set] of sets.entries())
    for (const element of set) {
      const list = places.get(element);
      if (list === undefined) places.set(element, [index]);
      else list.push(index);
    }
  return places;
}

/** Sets without an element in common are solved apart. */
function independentParts(sets: Sets): readonly Sets[] {
  const parents = sets.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number; // indexes of the list itself
      at = parents[at] as number; // as above
    }
    return at;
  };
  const firstWith = new Map<number, number>();
  sets.forEach((set, index) => {
    for (const element of set) {
      const first = firstWith.get(element);
      if (first === undefined) firstWith.set(element, index);
      else parents[root(index)] = root(first);
    }
  });
  return [...Map.groupBy(sets.keys(), root).values()].map(
    (indexes) => indexes.map((index) => sets[index] as ReadonlySet<number>), // as above
  );
}

function solve(sets: Sets, weightOf: Weight): HittingSet {
  let best = greedy(sets, weightOf);
  let bestWeight = total(best, weightOf);
  let nodes = 0;
  let isProved = true;
  const search = (given: Sets, before: readonly number[]): void => {
    if (++nodes > MOST_NODES) {
      isProved = false;
      return;
    }
    const { chosen: forced, sets: left } = reduce(given, weightOf);
    const chosen = [...before, ...forced];
    const weight = total(chosen, weightOf);
    if (left.length === 0) {
      if (weight < bestWeight) [best, bestWeight] = [chosen, weight];
      return;
    }
    if (weight + lowerBound(left, weightOf) >= bestWeight) return;
    const element = mostUseful(left, weightOf);
    search(
      left.filter((set) => !set.has(element)),
      [...chosen, element],
    );
    const without = left.map((set) => (set.has(element) ? new Set([...set].filter((one) => one !== element)) : set));
    if (without.every((set) => set.size > 0)) search(without, chosen);
  };
  search(sets, []);
  return { chosen: best, atLeast: isProved ? best.length : Math.ceil(lowerBound(sets, () => 1)) };
}

/** A weight for every set so that those of no element's sets add up to more than the element's: their sum is a bound. */
function lowerBound(sets: Sets, weightOf: Weight): number {
  const left = new Map<number, number>();
  let sum = 0;
  for (const set of sets.toSorted((one, other) => one.size - other.size)) {
    let least = Infinity;
    for (const element of set) least = Math.min(least, left.get(element) ?? weightOf(element));
    if (least <= 0) continue;
    for (const element of set) left.set(element, (left.get(element) ?? weightOf(element)) - least);
    sum += least;
  }
  return sum;
}

/** The element that meets most sets for its weight. */
function mostUseful(sets: Sets, weightOf: Weight): number {
  const hits = new Map<number, number>();
  for (const set of sets) for (const element of set) hits.set(element, (hits.get(element) ?? 0) + 1);
  let best = -1;
  let bestRate = 0;
  for (const [element, count] of hits) {
    const rate = count / weightOf(element);
    if (rate > bestRate) [best, bestRate] = [element, rate];
  }
  return best;
}

function greedy(sets: Sets, weightOf: Weight): readonly number[] {
  const chosen: number[] = [];
  let left = sets;
  while (left.length > 0) {
    const best = mostUseful(left, weightOf);
    chosen.push(best);
    left = left.filter((set) => !set.has(best));
  }
  return chosen;
}

function isSubset(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  for (const element of one) if (!other.has(element)) return false;
  return true;
}

/** Both ascending. */
function isSubsequence(one: readonly number[], other: readonly number[]): boolean {
  let at = 0;
  for (const place of one) {
    while (at < other.length && (other[at] ?? 0) < place) at++;
    if (other[at] !== place) return false;
  }
  return true;
}

/** The weight of all of them. */
export function total(elements: readonly number[], weightOf: Weight): number {
  return elements.reduce((sum, element) => sum + weightOf(element), 0);
}
