// Passing verdicts are counted, not kept: per rule, how many resources got which verdict.

import { VERDICTS, type VerdictState } from "../verdicts/outcome.ts";

export type Tally = Record<VerdictState, number>;

export function emptyTally(): Tally {
  return { pass: 0, fail: 0, "not-applicable": 0, "not-evaluated": 0, manual: 0, excepted: 0 };
}

/** The sum of several tallies. */
export function sumTallies(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const tally of tallies) for (const state of VERDICTS) sum[state] += tally[state];
  return sum;
}
