// Names that could have been meant: a slip of the keyboard, or the same name with a word more or less.

import { nearest } from "../../../verdicts/nearest.ts";

const MOST_CANDIDATES = 1000;
const MOST_NAMED = 2;
/** Short names are near each other by chance: `db` and `web`. */
const SHORTEST_FOR_SLIPS = 4;

/** At most two names of those that exist, nearest first. */
export function similarNames(name: string, candidates: Iterable<string>): readonly string[] {
  const known = [...candidates];
  if (known.length > MOST_CANDIDATES) return [];
  const words = known.filter((candidate) => hasWordMore(name, candidate) || hasWordMore(candidate, name));
  return [...new Set([...near(name, known), ...words])].slice(0, MOST_NAMED);
}

/** Names of which this one is a misspelling: near, and not only by another number (`db-1` is no slip of `db-2`). */
export function misspelled(name: string, candidates: Iterable<string>): readonly string[] {
  const known = [...candidates];
  if (known.length > MOST_CANDIDATES) return [];
  const letters = name.replace(/\d/g, "");
  return near(name, known).filter((candidate) => candidate.replace(/\d/g, "") !== letters);
}

function near(name: string, candidates: readonly string[]): readonly string[] {
  if (name.length < SHORTEST_FOR_SLIPS) return [];
  const long = candidates.filter((candidate) => candidate.length >= SHORTEST_FOR_SLIPS);
  return nearest(name, long, MOST_NAMED);
}

function hasWordMore(long: string, short: string): boolean {
  return short.length > 1 && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
}
