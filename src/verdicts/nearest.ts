// "Did you mean": the nearest of the words that exist (Damerau-Levenshtein distance, optimal string alignment).

/** The candidates nearest to `word`, best first; none when nothing is near enough to be a slip. */
export function nearest(word: string, candidates: Iterable<string>, most = 1): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...candidates]
    .map((candidate) => ({ candidate, cost: costOf(wanted, candidate.toLowerCase()) }))
    .filter(({ cost }) => cost <= limit)
    .sort((a, b) => a.cost - b.cost || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** The part after the last slash may be meant alone: `privileged-container` for `workloads/privileged-container`. */
function costOf(wanted: string, candidate: string): number {
  const short = candidate.slice(candidate.lastIndexOf("/") + 1);
  const whole = distance(wanted, candidate);
  return wanted.includes("/") ? whole : Math.min(whole, distance(wanted, short));
}

function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min(substitution, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
