// Names that could have been meant: a slip of the keyboard, or the same name with a word more or less.

import { nearest } from "../../../verdicts/nearest.ts";

const MOST_CANDIDATES = 1000;
/** Short names are near each other by chance: `db` and `web`. */
const SHORTEST_FOR_SLIPS = 4;

/** At most two names of those that exist, nearest first. */
export function similarNames(name: string, candidates: Iterable<string>): readonly string[] {
  const known = [...candidates].filter((candidate) => candidate !== "");
  if (known.length > MOST_CANDIDATES) return [];
  const slips =
    name.length < SHORTEST_FOR_SLIPS
      ? []
      : nearest(
          name,
          known.filter((candidate) => candidate.length >= SHORTEST_FOR_SLIPS),
          2,
        ).filter((candidate) => isSlip(name, candidate));
  const words = known.filter((candidate) => hasWordMore(name, candidate) || hasWordMore(candidate, name));
  return [...new Set([...slips, ...words])].slice(0, 2);
}

/** The distance limit of `nearest` grows with length; names that differ in their numbers only are siblings, not slips. */
function isSlip(name: string, candidate: string): boolean {
  return name.replace(/\d+/g, "") !== candidate.replace(/\d+/g, "") || name.length < candidate.length - 1;
}

function hasWordMore(long: string, short: string): boolean {
  return short.length > 1 && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
}
