// The smallest set that meets every given set: branch and bound, with the greedy answer as the upper bound and disjoint
// sets as the lower one.

export interface HittingSet {
  readonly chosen: readonly number[];
  /** No set of fewer elements meets all. */
  readonly atLeast: number;
}

/** Search nodes after which the best set so far stands, with what is proved about it. */
const MOST_NODES = 20_000;

/** `weightOf` is above zero; the sum of weights is what is smallest. Exact for sets of ordinary clusters. */
export function minimumHittingSet(
  given: readonly (readonly number[])[],
  weightOf: (element: number) => number,
): HittingSet {
  const parts = independentParts(withoutSupersets(given)).map((sets) => solve(sets, weightOf));
  return {
    chosen: parts.flatMap(({ chosen }) => chosen),
    atLeast: parts.reduce((sum, { atLeast }) => sum + atLeast, 0),
  };
}

type Sets = readonly ReadonlySet<number>[];

/** Whoever meets a set meets every set that contains it. */
function withoutSupersets(given: readonly (readonly number[])[]): Sets {
  const sorted = given.map((set) => new Set(set)).toSorted((one, other) => one.size - other.size);
  const kept: Set<number>[] = [];
  const byElement = new Map<number, Set<number>[]>();
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

function solve(sets: Sets, weightOf: (element: number) => number): HittingSet {
  let best = greedy(sets, weightOf);
  let bestWeight = total(best, weightOf);
  let nodes = 0;
  let isProved = true;
  const search = (left: Sets, chosen: readonly number[], weight: number, refused: ReadonlySet<number>): void => {
    if (left.length === 0) {
      if (weight < bestWeight) [best, bestWeight] = [chosen, weight];
      return;
    }
    if (++nodes > MOST_NODES) {
      isProved = false;
      return;
    }
    if (weight + lowerBound(left, weightOf, refused).weight >= bestWeight) return;
    const smallest = left.reduce((one, other) => (other.size < one.size ? other : one));
    const without = new Set(refused);
    const count = (element: number): number => left.reduce((sum, set) => sum + (set.has(element) ? 1 : 0), 0);
    const options = [...smallest]
      .filter((element) => !refused.has(element))
      .map((element) => ({ element, hits: count(element) }))
      .toSorted((one, other) => other.hits - one.hits);
    for (const { element } of options) {
      search(
        left.filter((set) => !set.has(element)),
        [...chosen, element],
        weight + weightOf(element),
        new Set(without),
      );
      without.add(element); // what contains it was just tried
    }
  };
  search(sets, [], 0, new Set());
  return { chosen: best, atLeast: isProved ? best.length : lowerBound(sets, weightOf, new Set()).count };
}

/** Disjoint sets need an element each. */
function lowerBound(
  sets: Sets,
  weightOf: (element: number) => number,
  refused: ReadonlySet<number>,
): { readonly weight: number; readonly count: number } {
  const used = new Set<number>();
  let weight = 0;
  let count = 0;
  for (const set of sets) {
    if (isMeeting(set, used)) continue;
    let lightest = Infinity;
    for (const element of set) {
      used.add(element);
      if (!refused.has(element)) lightest = Math.min(lightest, weightOf(element));
    }
    weight += lightest;
    count++;
  }
  return { weight, count };
}

function isSubset(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  for (const element of one) if (!other.has(element)) return false;
  return true;
}

function isMeeting(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  for (const element of one) if (other.has(element)) return true;
  return false;
}

function greedy(sets: Sets, weightOf: (element: number) => number): readonly number[] {
  const chosen: number[] = [];
  let left = sets;
  while (left.length > 0) {
    const hits = new Map<number, number>();
    for (const set of left) for (const element of set) hits.set(element, (hits.get(element) ?? 0) + 1);
    let best = -1;
    let bestRate = 0;
    for (const [element, count] of hits) {
      const rate = count / weightOf(element);
      if (rate > bestRate) [best, bestRate] = [element, rate];
    }
    chosen.push(best);
    left = left.filter((set) => !set.has(best));
  }
  return chosen;
}

function total(elements: readonly number[], weightOf: (element: number) => number): number {
  return elements.reduce((sum, element) => sum + weightOf(element), 0);
}
